import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { fitCalibration, identity } from '../../../domains/phases-of-matter/calibration.ts';

const logistic = (z: number) => 1 / (1 + Math.exp(-z));

describe('calibration', () => {
  it('recovers the slope and offset that the labels were drawn with', () => {
    const random = new RandomStream(1, 'platt');
    const z = Array.from({ length: 40_000 }, () => 3 * random.normal());
    const outputs = z.map(logistic);
    const labels = z.map((value) => (random.uniform() < logistic(0.5 * value - 0.4) ? 1 : 0));
    const { slope, offset } = fitCalibration(outputs, labels);
    // Standard errors of a logistic regression on 40,000 rows: about 0.006 and 0.013; five of them.
    expect(Math.abs(slope - 0.5)).toBeLessThan(0.03);
    expect(Math.abs(offset + 0.4)).toBeLessThan(0.065);
  });

  it('leaves outputs alone when there is nothing to learn', () => {
    expect(fitCalibration([], [])).toEqual(identity);
    expect(fitCalibration([0.2, 0.7, 0.9], [1, 1, 1]).slope).toBeGreaterThan(0);
    expect(fitCalibration([0.5, 0.5], [0, 1])).toEqual(identity);
  });

  it('is finite and rising for any outputs and labels', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), { maxLength: 60 }),
        (rows) => {
          const { slope, offset } = fitCalibration(
            rows.map(([p]) => p),
            rows.map(([, y]) => Number(y)),
          );
          expect(Number.isFinite(offset)).toBe(true);
          expect(slope).toBeGreaterThan(0);
        },
      ),
    );
  });
});
