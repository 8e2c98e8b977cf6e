import { describe, expect, it } from 'vitest';
import { deLong } from '../../../core/metrics/delong.ts';
import { RandomStream } from '../../../core/random.ts';
import { areasOf } from '../../../domains/exotic-particles/areas.ts';
import { meanArea, meanAreaDifference } from '../../../domains/exotic-particles/mean-areas.ts';

/** Scores of two classifiers that see the same events: a common part and a part of their own. */
function scored(n: number, seed: number) {
  const random = new RandomStream(seed);
  const label = Uint8Array.from({ length: n }, (_, i) => i % 2);
  const common = Array.from(label, (y) => y + random.normal());
  const scores = [0.2, 1].map((own) => Float32Array.from(common, (x) => x + own * random.normal()));
  return { label, scores };
}

describe('areasOf', () => {
  const { label, scores } = scored(2000, 1);

  it("is DeLong's for events of equal weight", () => {
    const areas = areasOf(scores, label, new Float32Array(2000).fill(0.5), new RandomStream(2));
    expect(areas).toEqual(deLong(scores, label));
  });

  it("comes close to DeLong's by the bootstrap, for weights that hardly differ", () => {
    const weights = Float32Array.from({ length: 2000 }, (_, i) => 1 + 1e-6 * (i % 3));
    const areas = areasOf(scores, label, weights, new RandomStream(2));
    const exact = deLong(scores, label);
    for (const a of [0, 1]) {
      expect(areas.areas[a]).toBeCloseTo(exact.areas[a], 5);
      for (const b of [0, 1]) {
        // A variance from 200 resamplings has a relative error of sqrt(2 / 199) = 0.10: four of these.
        expect(Math.abs(areas.covariance[a][b] / exact.covariance[a][b] - 1)).toBeLessThan(0.4);
      }
    }
  });
});

describe('mean areas', () => {
  const areas = {
    areas: [0.8, 0.9, 0.7],
    covariance: [0.01, 0.01, 0.04].map((v, i) => [0, 1, 2].map((j) => (i === j ? v : 0.005))),
  };
  // The two-sided normal quantile at 95 %.
  const z = 1.959963984540054;

  it('add the covariance of the events and the spread of the networks', () => {
    // Mean of the 2 x 2 block (0.01 + 0.005 + 0.005 + 0.01) / 4, and 0.005 / 2 of the two areas' variance.
    const half = z * Math.sqrt(0.0075 + 0.0025);
    const { value, low, high } = meanArea(areas, [0, 1]);
    expect(value).toBeCloseTo(0.85, 12);
    expect([value - low, high - value]).toEqual([expect.closeTo(half, 12), expect.closeTo(half, 12)]);
  });

  it('have no spread for a single network', () => {
    const { value, low } = meanArea(areas, [2]);
    expect(value - low).toBeCloseTo(z * 0.2, 12);
  });

  it('lose what both share in their difference', () => {
    // 0.01 + 0.01 - 2 x 0.005.
    const { value, high } = meanAreaDifference(areas, [1], [0]);
    expect(value).toBeCloseTo(0.1, 12);
    expect(high - value).toBeCloseTo(z * 0.1, 12);
  });
});
