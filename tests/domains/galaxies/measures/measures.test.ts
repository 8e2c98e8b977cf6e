import { describe, expect, it } from 'vitest';
import { median } from '../../../../core/metrics/median.ts';
import { RandomStream } from '../../../../core/random.ts';
import { plane, skyImage } from '../../../../data-adapters/galaxies/sky-image.ts';
import { adaptiveMoments, ellipticityError } from '../../../../domains/galaxies/measures/adaptive-moments.ts';
import { galaxyMask, grownMask } from '../../../../domains/galaxies/measures/galaxy-mask.ts';
import {
  centroid,
  fluxRatios,
  fluxWithin,
  halfLightRadius,
  magnitudeOf,
} from '../../../../domains/galaxies/measures/photometry.ts';
import { stretchedError, stretchedPsnr } from '../../../../domains/galaxies/measures/stretched-psnr.ts';
import { faintStamp } from '../../../../domains/galaxies/networks/faint-stamp.ts';
import { withRecordedNoise } from '../../../../domains/galaxies/networks/recorded-noise.ts';
import { stretch } from '../../../../domains/galaxies/stretch.ts';

const [width, height] = [61, 57];

/** A Gaussian of the given semi-axes, turned by `angle` degrees. */
function gaussian(x0: number, y0: number, a: number, b: number, angle: number): Float64Array {
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  return Float64Array.from({ length: width * height }, (_, i) => {
    const [dx, dy] = [(i % width) - x0, Math.floor(i / width) - y0];
    return Math.exp(-0.5 * (((dx * cos + dy * sin) / a) ** 2 + ((dy * cos - dx * sin) / b) ** 2));
  });
}

describe('adaptiveMoments', () => {
  it.each([
    [4, 4, 0],
    [6, 3, 0],
    [6, 3, 30],
    [5, 4, 120],
  ])('of a Gaussian with the axes %f and %f at %f degrees are its own', (a, b, angle) => {
    const shape = adaptiveMoments(gaussian(30.3, 27.8, a, b, angle), width, height);
    const length = (a * a - b * b) / (a * a + b * b);
    // The iteration stops at changes of 1e-6; the weight is cut off at four standard deviations (7e-5 of the product).
    expect(shape?.e1).toBeCloseTo(length * Math.cos((2 * angle * Math.PI) / 180), 3);
    expect(shape?.e2).toBeCloseTo(length * Math.sin((2 * angle * Math.PI) / 180), 3);
    expect(shape?.sigma).toBeCloseTo(Math.sqrt(a * b), 2);
    expect(shape?.x).toBeCloseTo(30.3, 3);
    expect(shape?.y).toBeCloseTo(27.8, 3);
  });

  it('bear noise that is a hundredth of the peak', () => {
    const random = new RandomStream('moments');
    const noisy = gaussian(30, 28, 5, 3, 45).map((value) => value + 0.01 * random.normal());
    const clean = adaptiveMoments(gaussian(30, 28, 5, 3, 45), width, height);
    const shape = adaptiveMoments(noisy, width, height);
    // Signal to noise of some 300 within the weight: errors of a few thousandths.
    expect(ellipticityError(shape!, clean!)).toBeLessThan(0.02);
  });

  it('are undefined where there is nothing', () => {
    expect(adaptiveMoments(new Float32Array(width * height), width, height)).toBeUndefined();
    expect(adaptiveMoments(new Float32Array(width * height).fill(-1), width, height)).toBeUndefined();
  });
});

describe('galaxyMask', () => {
  const pixels = gaussian(31, 27, 5, 3, 0).map((value, i) => value + gaussianAt(i));
  /** Something else in a corner, not connected with the galaxy. */
  function gaussianAt(i: number): number {
    return 3 * Math.exp(-0.5 * (((i % width) - 5) ** 2 + (Math.floor(i / width) - 5) ** 2));
  }

  it('holds what is above the threshold and connected with the centre', () => {
    const mask = galaxyMask(pixels, width, height, 0.05, { threshold: 2 });
    const inside = pixels.map((value, i) => Number(value > 0.1 && i > 12 * width));
    expect([...mask]).toEqual([...inside]);
    // An ellipse where exp(-r^2/2) > 0.1: pi a b 2 ln 10 = 217 pixels, give or take its edge's.
    expect(mask.reduce((sum, value) => sum + value, 0)).toBeCloseTo(Math.PI * 15 * 2 * Math.LN10, -1.2);
  });

  it('is found in noise when the image is smoothed first', () => {
    const random = new RandomStream('mask');
    const noisy = pixels.map((value) => value + 0.1 * random.normal());
    const count = (smoothing: number): number =>
      galaxyMask(noisy, width, height, 0.1, { threshold: 1.5, smoothing }).reduce(
        (sum, value) => sum + value,
        0,
      );
    expect(count(1.5)).toBeGreaterThan(100);
    expect(count(1.5)).toBeLessThan(300);
  });

  it('is never empty', () => {
    expect(galaxyMask(new Float32Array(25), 5, 5, 1).reduce((sum, value) => sum + value, 0)).toBe(9);
  });
});

describe('grownMask', () => {
  it('adds the pixels within the reach, round, and stops at the edges', () => {
    const mask = new Uint8Array(25);
    mask[2] = 1; // in the middle of the first row
    // Distances up to 1.5: the four sides and the diagonals, of which three rows are not there.
    expect([...grownMask(mask, 5, 5, 1.5)]).toEqual([0, 1, 1, 1, 0, 0, 1, 1, 1, 0, ...new Array(15).fill(0)]);
    expect([...grownMask(mask, 5, 5, 1)]).toEqual([0, 1, 1, 1, 0, 0, 0, 1, 0, 0, ...new Array(15).fill(0)]);
    expect(grownMask(mask, 5, 5, 0)).toEqual(mask);
  });

  it('frees the flux of faint galaxies from the choice of their pixels by the noise', () => {
    // 120 drawn galaxies of 32 to 48 px, with noise of .025 that is smoothed by a pixel: what a perfect restoration is said to keep.
    const kept = (reach: number): number =>
      median(
        Array.from({ length: 120 }, (_, i) => {
          const random = new RandomStream(i, 'faint');
          const truth = faintStamp(48, random);
          const { width, height } = truth;
          const recorded = withRecordedNoise(
            truth,
            { level: 0.025, grain: 1, photons: 1 },
            random.split('noise'),
          );
          const mask = galaxyMask(plane(recorded, 1), width, height, 0.025, { smoothing: 1.5 });
          return fluxRatios(truth, recorded, grownMask(mask, width, height, reach))[1];
        }),
      );
    // Medians of 200 others: .931 within the mask, .996 up to four pixels beyond it. Half of one is within .1 of the median there,
    // which leaves the median of 120 a standard error of about .015; three of them.
    expect(kept(0)).toBeLessThan(0.975);
    expect(Math.abs(kept(4) - 1)).toBeLessThan(0.045);
  });
});

describe('photometry', () => {
  it('finds half of the light of a Gaussian within 1.1774 standard deviations', () => {
    const everything = new Uint8Array(width * height).fill(1);
    // sqrt(2 ln 2); pixels are ordered by their distance, a tenth of a pixel apart.
    expect(halfLightRadius(gaussian(30, 28, 5, 5, 0), width, everything, 30, 28)).toBeCloseTo(
      5 * Math.sqrt(2 * Math.LN2),
      0.9,
    );
    expect(halfLightRadius(new Float32Array(width * height), width, everything, 30, 28)).toBeNaN();
  });

  it('finds the middle of the light within the mask, and its magnitude', () => {
    const everything = new Uint8Array(width * height).fill(1);
    const { x, y } = centroid(gaussian(30.3, 27.6, 3, 3, 0), width, everything);
    expect(x).toBeCloseTo(30.3, 3);
    expect(y).toBeCloseTo(27.6, 3);
    // What is dark or beyond the mask has no weight.
    expect(centroid([1, -9, 3, 5], 4, Uint8Array.of(1, 1, 1, 0))).toEqual({ x: 1.5, y: 0 });
    expect(centroid([0, -1], 2, Uint8Array.of(1, 1)).x).toBeNaN();
    // A nanomaggy is of magnitude 22.5, a hundred of 17.5.
    expect([magnitudeOf(1), magnitudeOf(100)]).toEqual([22.5, 17.5]);
    expect([magnitudeOf(0), magnitudeOf(-1)]).toEqual([Number.NaN, Number.NaN]);
  });

  it('compares fluxes band by band within the mask', () => {
    const target = skyImage({ width: 2, height: 1, bands: ['g', 'r'] }, Float32Array.of(1, 2, 4, 8));
    const image = skyImage({ width: 2, height: 1, bands: ['g', 'r'] }, Float32Array.of(2, 9, 3, 9));
    expect(fluxRatios(image, target, Uint8Array.of(1, 0))).toEqual([2, 0.75]);
    expect(fluxWithin([1, 2, 3], Uint8Array.of(1, 0, 1))).toBe(4);
  });
});

describe('stretchedPsnr', () => {
  const target = skyImage({ width: 2, height: 1, bands: ['r'] }, Float32Array.of(0, 1));
  const image = skyImage({ width: 2, height: 1, bands: ['r'] }, Float32Array.of(0, 2));

  it('is of stretched fluxes, of the masked pixels or all', () => {
    const error = (stretch(2) - stretch(1)) ** 2;
    // Single precision.
    expect(stretchedError(image, target)).toBeCloseTo(error / 2, 6);
    expect(stretchedPsnr(image, target, Uint8Array.of(0, 1))).toBeCloseTo(-10 * Math.log10(error), 4);
    expect(stretchedPsnr(image, target, Uint8Array.of(1, 0))).toBe(Number.POSITIVE_INFINITY);
    expect(() => stretchedError(image, target, Uint8Array.of(0, 0))).toThrow(RangeError);
  });
});
