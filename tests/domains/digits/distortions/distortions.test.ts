import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { DisplacementField } from '../../../../domains/digits/displacement-field.ts';
import { Distorter } from '../../../../domains/digits/distortions.ts';

const still = { alpha: 0, rotation: 0, scale: 0, shear: 0, shift: 0 };

/** A disc of radius 6 about (14, 12), with a soft edge. */
const disc = Float32Array.from({ length: 784 }, (_, i) =>
  Math.min(1, Math.max(0, 6.5 - Math.hypot((i % 28) - 14, Math.floor(i / 28) - 12))),
);

describe('displacement fields', () => {
  it('have the spread and the correlations of noise that was smoothed pixel by pixel', () => {
    // SciPy 1.17: 34 * gaussian_filter(uniform(-1, 1, (28, 28)), 4, mode='constant'), 20,000 fields: standard deviation at (14, 14)
    // 1.393, at the middle of an edge 1.040, at a corner 0.798; correlation of (14, 14) with 2, 4 and 8 px beside it 0.941, 0.781,
    // 0.368, with (18, 18) 0.607. Of 4000 fields a deviation is known to 1.1 % and a correlation to 0.016 at most; four times that.
    const field = new DisplacementField(28, 28, 34, 4);
    const random = new RandomStream(3, 'fields');
    const places = [14 * 28 + 14, 14, 0, 14 * 28 + 16, 14 * 28 + 18, 14 * 28 + 22, 18 * 28 + 18];
    const count = 4000;
    const squares = new Float64Array(places.length);
    const products = new Float64Array(places.length);
    for (let n = 0; n < count; n++) {
      field.draw(random);
      places.forEach((place, i) => {
        squares[i] += field.values[place] ** 2 / count;
        products[i] += (field.values[place] * field.values[places[0]]) / count;
      });
    }
    const deviation = (i: number): number => Math.sqrt(squares[i]);
    for (const [i, expected] of [1.393, 1.04, 0.798].entries()) {
      expect(Math.abs(deviation(i) / expected - 1)).toBeLessThan(0.045);
    }
    for (const [i, expected] of [0.941, 0.781, 0.368, 0.607].entries()) {
      const found = products[i + 3] / (deviation(i + 3) * deviation(0));
      expect(Math.abs(found - expected)).toBeLessThan(0.064);
    }
  });
});

describe('distortions', () => {
  it('leave an image alone when all of them are 0, bytes and floats', () => {
    const distorter = new Distorter(28, 28, still);
    const bytes = Uint8Array.from(disc, (value) => Math.round(255 * value));
    const random = new RandomStream(1);
    expect(distorter.apply(bytes, random, new Uint8Array(784))).toEqual(bytes);
    const floats = distorter.apply(disc, random, new Float32Array(784));
    floats.forEach((value, i) => {
      expect(value).toBeCloseTo(disc[i], 6);
    });
  });

  it('are the same from the same stream and never leave the range of the image', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.5, max: 9, noNaN: true }), (seed, sigma) => {
        const distorter = new Distorter(28, 28, { sigma });
        const [once, again] = [0, 1].map(() =>
          distorter.apply(disc, new RandomStream(seed), new Float32Array(784)),
        );
        expect(again).toEqual(once);
        for (const value of once) expect(value >= -1e-6 && value <= 1 + 1e-6).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('shift by no more than they may', () => {
    const distorter = new Distorter(28, 28, { ...still, shift: 2 });
    const random = new RandomStream(5);
    let most = 0;
    for (let n = 0; n < 200; n++) {
      const bent = distorter.apply(disc, random, new Float32Array(784));
      const mass = bent.reduce((a, b) => a + b, 0);
      const x = bent.reduce((sum, value, i) => sum + value * (i % 28), 0) / mass;
      most = Math.max(most, Math.abs(x - 14));
    }
    // Uniform within 2 px: of 200 draws the largest lies above 1.9 with a chance of 1 - 0.95^200.
    expect(most).toBeLessThanOrEqual(2 + 1e-4);
    expect(most).toBeGreaterThan(1.9);
  });

  it('turn about the middle and scale areas', () => {
    const random = new RandomStream(6);
    const turned = new Distorter(28, 28, { ...still, rotation: 0.5 });
    const scaled = new Distorter(28, 28, { ...still, scale: 0.2 });
    const total = disc.reduce((a, b) => a + b, 0);
    for (let n = 0; n < 50; n++) {
      const bent = turned.apply(disc, random, new Float32Array(784));
      const mass = bent.reduce((a, b) => a + b, 0);
      const x = bent.reduce((sum, value, i) => sum + value * (i % 28), 0) / mass - 13.5;
      const y = bent.reduce((sum, value, i) => sum + value * Math.floor(i / 28), 0) / mass - 13.5;
      // Distance of the disc from the middle is kept; interpolation of a soft edge moves it by some hundredths.
      expect(Math.hypot(x, y)).toBeCloseTo(Math.hypot(0.5, 1.5), 1);
      expect(mass / total).toBeCloseTo(1, 2);
      const area = scaled.apply(disc, random, new Float32Array(784)).reduce((a, b) => a + b, 0) / total;
      // 1 / (1 +- 0.2)^2, and a percent for the edge.
      expect(area).toBeGreaterThan(1 / 1.44 - 0.01);
      expect(area).toBeLessThan(1 / 0.64 + 0.01);
    }
  });

  it('refuse what is no size', () => {
    for (const options of [{ sigma: 0 }, { alpha: -1 }, { rotation: Number.NaN }]) {
      expect(() => new Distorter(28, 28, options)).toThrow(RangeError);
    }
  });
});
