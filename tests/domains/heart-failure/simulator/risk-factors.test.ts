import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import {
  drawOnsets,
  factorIndex,
  logHazard,
  riskFactors,
} from '../../../../domains/heart-failure/simulator/risk-factors.ts';
import { drawRiskSet, drawSetTraits } from '../../../../domains/heart-failure/simulator/risk-set.ts';
import { conditionalLogit } from './conditional-logit.ts';

/** Presence of each factor in the case and the controls of many sets. */
const sets = (seed: string, count: number, exponent: number): number[][][] =>
  Array.from({ length: count }, (_, set) => {
    const random = new RandomStream(seed, set);
    return drawRiskSet(random, drawSetTraits(random), 7, exponent).map((onsets) =>
      Array.from(onsets, (age) => (age < Number.POSITIVE_INFINITY ? 1 : 0)),
    );
  });

describe('drawOnsets', () => {
  it.each([
    ['smoking', false],
    ['smoking', true],
    ['obesity', true],
  ] as const)('%s has the prevalence at 65 that it is given (men: %s)', (name, male) => {
    const random = new RandomStream('prevalence', name, String(male));
    const count = 4000;
    const f = factorIndex(name);
    let present = 0;
    for (let i = 0; i < count; i++) if (drawOnsets(random, male, 65)[f] < 65) present++;
    const expected = riskFactors[f].prevalence[male ? 1 : 0];
    // Four standard errors of a share.
    expect(Math.abs(present / count - expected)).toBeLessThan(
      4 * Math.sqrt((expected * (1 - expected)) / count),
    );
  });

  it('a cause multiplies the odds of what it causes, and comes of age before what is left out', () => {
    const random = new RandomStream('causes');
    const [cause, effect] = [factorIndex('smoking'), factorIndex('COPD')];
    const table = [
      [0, 0],
      [0, 0],
    ];
    for (let i = 0; i < 6000; i++) {
      const onsets = drawOnsets(random, true, 70);
      expect(onsets.every((age) => age === Number.POSITIVE_INFINITY || (age >= 18 && age < 70))).toBe(true);
      table[onsets[cause] < 70 ? 1 : 0][onsets[effect] < 70 ? 1 : 0]++;
    }
    const [[neither, only], [healthy, both]] = table;
    // The rate is 3 times as high from the onset of smoking, which comes at any age: less than 3, and far from 1.
    const ratio = both / (both + healthy) / (only / (only + neither));
    expect(ratio).toBeGreaterThan(1.4);
    expect(ratio).toBeLessThan(3);
  });
});

describe('drawRiskSet', () => {
  it('conditional logistic regression finds the published hazard ratios within its intervals', () => {
    const { logRatios, errors } = conditionalLogit(sets('hazard', 1500, 1));
    const z = riskFactors.map(({ hazardRatio }, f) => (logRatios[f] - Math.log(hazardRatio)) / errors[f]);
    riskFactors.forEach(({ name, hazardRatio }, f) => {
      // One of eleven lies beyond three standard errors in 3 of 100 seeds.
      expect(Math.abs(z[f]), `${name}: ${Math.exp(logRatios[f])} for ${hazardRatio}`).toBeLessThan(3);
      expect(errors[f]).toBeLessThan(0.16);
    });
    // Chi-square of 11 degrees: 99.9% lies below 31.3.
    expect(z.reduce((sum, value) => sum + value * value, 0)).toBeLessThan(31.3);
  });

  it('finds none where there are none', () => {
    const { logRatios, errors } = conditionalLogit(sets('null', 500, 0));
    const chiSquare = logRatios.reduce((sum, value, f) => sum + (value / errors[f]) ** 2, 0);
    expect(chiSquare).toBeLessThan(31.3);
  });

  it('has the hazard ratios of Yang et al. 2015', () => {
    const ratio = (name: string): number => riskFactors[factorIndex(name)].hazardRatio;
    expect([ratio('CAD'), ratio('LVH'), ratio('diabetes'), ratio('AF')]).toEqual([2.94, 2.46, 2, 1.88]);
    expect([ratio('valve disease'), ratio('hypertension'), ratio('smoking')]).toEqual([1.74, 1.61, 1.6]);
    const onsets = new Float64Array(riskFactors.length).fill(Number.POSITIVE_INFINITY);
    expect(logHazard(onsets)).toBe(0);
    onsets[factorIndex('CAD')] = 50;
    onsets[factorIndex('diabetes')] = 60;
    expect(Math.exp(logHazard(onsets))).toBeCloseTo(2.94 * 2, 10);
  });
});
