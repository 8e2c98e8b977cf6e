import { describe, expect, it } from 'vitest';
import {
  backgroundNormalisation,
  type Events,
  systematicBand,
  type Variation,
} from '../../../../domains/exotic-particles/statistics/systematic-band.ts';

const events: Events = { features: Float32Array.of(1, 2, 3), labels: [1, 0, 0], weights: [1, 1, 2] };

const shift = (name: string, by: number): Variation => {
  const moved = (sign: number) => (nominal: Events) => ({
    ...nominal,
    features: nominal.features.map((x) => x + sign * by),
  });
  return { name, up: moved(1), down: moved(-1) };
};

/** Weighted sums of scores of signal and background. */
const sums = (scores: Float32Array, { labels, weights }: Events): number[] =>
  [1, 0].map((label) =>
    scores.reduce((sum, score, i) => sum + (labels[i] === label ? weights[i] * score : 0), 0),
  );

describe('systematic band', () => {
  it('adds the shifts towards either side in quadrature', async () => {
    const band = await systematicBand({
      events,
      variations: [shift('scale', 3), shift('resolution', 4)],
      score: (features) => features.slice(),
      figure: sums,
    });
    // By hand: background 2 + 2 x 3 = 8, shifted by 3 x 3 and by 3 x 4; signal 1, shifted by 3 and by 4.
    expect([...band.nominal]).toEqual([1, 8]);
    expect([...band.high]).toEqual([6, 23]);
    expect([...band.low]).toEqual([-4, -7]);
    expect(band.variations[0]).toEqual({
      name: 'scale',
      up: Float64Array.of(4, 17),
      down: Float64Array.of(-2, -1),
    });
  });

  it('does not score events anew that are only reweighted', async () => {
    let calls = 0;
    const band = await systematicBand({
      events,
      variations: [backgroundNormalisation(0.05)],
      score: (features) => {
        calls++;
        return features.slice();
      },
      figure: sums,
    });
    expect(calls).toBe(1);
    expect(band.low[0]).toBe(1);
    expect(band.low[1]).toBeCloseTo(7.6, 12);
    expect(band.high[1]).toBeCloseTo(8.4, 12);
  });

  it('counts both ends towards the side they lie on', async () => {
    const upwards: Variation = { ...shift('one-sided', 1), down: shift('one-sided', 2).up };
    const { low, high } = await systematicBand({
      events,
      variations: [upwards],
      score: (features) => features.slice(),
      figure: (scores) => [scores[0]],
    });
    expect([low[0], high[0]]).toEqual([1, 3]);
  });

  it('refuses a figure whose length changes', async () => {
    const less: Variation = {
      name: 'cut',
      up: (e) => ({ ...e, features: e.features.slice(1) }),
      down: (e) => e,
    };
    const band = systematicBand({ events, variations: [less], score: (f) => f, figure: (s) => s });
    await expect(band).rejects.toThrow('cut gives 2 numbers where the events as they are give 3');
  });
});
