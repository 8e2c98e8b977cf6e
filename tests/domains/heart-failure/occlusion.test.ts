import { describe, expect, it } from 'vitest';
import { contributionsOf } from '../../../domains/heart-failure/contributions.ts';
import { occlusions } from '../../../domains/heart-failure/occlusion.ts';

/** Two visits: codes 1, 2 and 3 on a day (in two steps), then code 1 again. */
const steps = { length: 3, codes: Int32Array.of(1, 2, 3, 0, 1, 0), days: Float32Array.of(50, 50, 7) };

describe('occlusions', () => {
  const parts = occlusions(steps);

  it('takes out each visit, then each code', () => {
    expect(parts.map(({ kind, of }) => [kind, of])).toEqual([
      ['visit', 50],
      ['visit', 7],
      ['code', 1],
      ['code', 2],
      ['code', 3],
    ]);
  });

  it('takes a visit out with all of its steps', () => {
    expect([...parts[0].steps.codes]).toEqual([1, 0]);
    expect([...parts[0].steps.days]).toEqual([7]);
  });

  it('takes a code out wherever it is, and a step with it that has no other', () => {
    expect([...parts[2].steps.codes]).toEqual([2, 0, 3, 0]);
    expect([...parts[2].steps.days]).toEqual([50, 50]);
  });
});

describe('contributionsOf', () => {
  it('is what a linear network adds up: the sum of its weights in each visit and of each code', async () => {
    const weights = [0, 0.5, -1, 2];
    const { logit, visits, codes } = await contributionsOf(
      steps,
      { longest: 4, codesPerStep: 2 },
      async ({ codes: given }) => {
        const [rows, ...shape] = given.shape;
        const width = shape.reduce((a, b) => a * b);
        const data = Float32Array.from({ length: rows }, (_, row) =>
          Array.from(given.data.subarray(row * width, (row + 1) * width)).reduce(
            (sum, code) => sum + weights[code],
            0,
          ),
        );
        return { logit: { dtype: 'float32', shape: [rows, 1], data } };
      },
    );
    expect(logit).toBe(2);
    expect(visits).toEqual([
      { days: 50, contribution: 1.5, codes: [1, 2, 3] },
      { days: 7, contribution: 0.5, codes: [1] },
    ]);
    expect(codes).toEqual([
      { code: 1, contribution: 1 },
      { code: 2, contribution: -1 },
      { code: 3, contribution: 2 },
    ]);
  });
});
