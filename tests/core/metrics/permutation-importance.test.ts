import { describe, expect, it } from 'vitest';
import { permutationImportance } from '../../../core/metrics/permutation-importance.ts';
import { rocArea } from '../../../core/metrics/roc.ts';
import { RandomStream } from '../../../core/random.ts';

// Labels are the sign of column 0 and its copy, column 1; column 2 is noise. The score is the sum of the first two.
const random = new RandomStream('importance');
const rows = 2000;
const values = Array.from({ length: rows }, () => random.normal());
const inputs = Float32Array.from(values.flatMap((v) => [v, v, random.normal()]));
const labels = values.map((v) => (v > 0 ? 1 : 0));
const options = {
  inputs,
  columns: 3,
  groups: { first: [0], second: [1], noise: [2], both: [0, 1] },
  score: (x: Float32Array) => Float32Array.from({ length: rows }, (_, i) => x[3 * i] + x[3 * i + 1]),
  figure: (scores: ArrayLike<number>) => rocArea(scores, labels),
  random: new RandomStream('permutations'),
};

describe('permutation importance', () => {
  it('is nothing for noise, and all there is for two columns that say the same', async () => {
    const before = inputs.slice();
    const [first, second, noise, both] = await permutationImportance(options);
    expect(noise).toEqual({ name: 'noise', value: 0, deviation: 0 });
    // AUC falls from 1 to 1/2; the standard error of an AUC of 1/2 with 1000 + 1000 rows is 0.013.
    expect(both.value).toBeCloseTo(0.5, 1);
    // One of two columns permuted: the score is v + u of independent normal deviates, the label v > 0. AUC = 5/6: of the lune
    // |longitude| < pi/4, the plane z = x leaves (pi/2 - 2 arcsin(1/2)) / pi = 1/6 above. Standard error 0.009.
    expect(Math.abs(first.value - 1 / 6)).toBeLessThan(0.03);
    expect(Math.abs(second.value - 1 / 6)).toBeLessThan(0.03);
    expect(both.deviation).toBeGreaterThan(0);
    expect(inputs).toEqual(before);
  });

  it('repeats itself whatever the other groups', async () => {
    const all = await permutationImportance({ ...options, repeats: 2 });
    const one = await permutationImportance({ ...options, groups: { both: [0, 1] }, repeats: 2 });
    expect(one[0]).toEqual(all[3]);
  });

  it('refuses columns that are not there', async () => {
    const wrong = { ...options, groups: { last: [3] } };
    await expect(permutationImportance(wrong)).rejects.toThrow('group last has column 3, there are 3');
    const cut = { ...options, inputs: inputs.slice(1) };
    await expect(permutationImportance(cut)).rejects.toThrow('expected rows of 3 columns, got 5999 numbers');
  });
});
