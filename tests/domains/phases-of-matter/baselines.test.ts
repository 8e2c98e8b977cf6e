import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestThreshold } from '../../../domains/phases-of-matter/baselines/magnetisation-threshold.ts';
import { energyPerSpin, magnetisation } from '../../../domains/phases-of-matter/observables.ts';

const mistakes = (values: readonly number[], ordered: readonly boolean[], threshold: number) =>
  values.filter((m, i) => m >= threshold !== ordered[i]).length;

describe('|m| threshold', () => {
  it('separates what can be separated', () => {
    const threshold = bestThreshold([0.1, 0.2, 0.8, 0.9], [false, false, true, true]);
    expect(threshold).toBeCloseTo(0.5, 12);
  });

  it('makes no more mistakes than any other threshold', () => {
    // |m| of a lattice is a multiple of 2/N; between subnormal numbers there would be no midpoint.
    const row = fc.tuple(
      fc.integer({ min: 0, max: 400 }).map((k) => k / 400),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        const values = rows.map(([m]) => m);
        const ordered = rows.map(([, label]) => label);
        const best = mistakes(values, ordered, bestThreshold(values, ordered));
        for (const candidate of [0, ...values, ...values.map((v) => v + 1e-12), 2]) {
          expect(best).toBeLessThanOrEqual(mistakes(values, ordered, candidate));
        }
      }),
    );
  });
});

describe('observables', () => {
  it('of the ground state, the antiferromagnet and one flipped spin', () => {
    const up = new Int8Array(36).fill(1);
    expect([energyPerSpin(up, 6), magnetisation(up)]).toEqual([-2, 1]);
    const staggered = up.map((_, i) => ((Math.floor(i / 6) + i) % 2 === 0 ? 1 : -1));
    expect([energyPerSpin(staggered, 6), magnetisation(staggered)]).toEqual([2, 0]);
    const one = up.slice();
    one[14] = -1;
    // Four bonds of 72 turn from -1 to +1.
    expect(energyPerSpin(one, 6)).toBeCloseTo((-72 + 8) / 36, 12);
  });
});
