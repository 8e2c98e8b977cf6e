import { beforeAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { mapPlanes, plane, type SkyImage, skyImage } from '../../../../data-adapters/galaxies/sky-image.ts';
import { fitPowerSpectra, powerAt } from '../../../../domains/galaxies/baselines/power-spectrum.ts';
import type { Observation } from '../../../../domains/galaxies/baselines/restoration.ts';
import {
  richardsonLucy,
  richardsonLucyBaseline,
} from '../../../../domains/galaxies/baselines/richardson-lucy.ts';
import { gaussianSmoothing } from '../../../../domains/galaxies/baselines/smoothing.ts';
import { type TrainingPair, tuneBaseline } from '../../../../domains/galaxies/baselines/tune.ts';
import {
  constantWiener,
  laplacianWiener,
  spectralWiener,
  wienerFilter,
} from '../../../../domains/galaxies/baselines/wiener.ts';
import { degrade } from '../../../../domains/galaxies/degrade.ts';
import { convolve } from '../../../../domains/galaxies/fourier/convolve.ts';
import { stretchedPsnr } from '../../../../domains/galaxies/measures/stretched-psnr.ts';
import { gaussianPsf, moffatPsf } from '../../../../domains/galaxies/psf/psf.ts';
import { simulateGalaxy } from '../../../../domains/galaxies/simulator/simulate-galaxy.ts';
import {
  farPlaces,
  field,
  galaxy,
  places,
  psf,
  scikitImage,
  side,
} from '../../../fixtures/restoration/images.ts';

const observed = (pixels: Float64Array, size: number): Observation => ({
  image: skyImage({ width: size, height: size, bands: ['r'] }, Float32Array.from(pixels)),
  psf,
  noiseSigma: [0.01],
});

describe('wienerFilter', () => {
  const laplacian = (kx: number, ky: number): number =>
    0.05 * (4 - 2 * Math.cos(2 * Math.PI * kx) - 2 * Math.cos(2 * Math.PI * ky)) ** 2;

  it.each([
    ['wienerLaplacian', laplacian],
    ['wienerConstant', () => 0.05],
  ] as const)("is scikit-image's on a periodic image: %s", (key, ratio) => {
    const [restored] = wienerFilter(observed(galaxy, side), [ratio], 0);
    places.forEach(([x, y], i) => {
      // Single precision.
      expect(restored.data[y * side + x]).toBeCloseTo(scikitImage[key][i], 6);
    });
  });

  it('undoes a blur when there is no noise', () => {
    const narrow = gaussianPsf(0.9);
    const sharp = simulateGalaxy(new RandomStream('wiener'), 0, 64).truth;
    const image = mapPlanes(sharp, (pixels) => convolve(pixels, 64, 64, narrow));
    const [restored] = wienerFilter({ image, psf: narrow, noiseSigma: [0, 0, 0] }, [() => 1e-7]);
    // Single precision of the blurred image, enlarged by up to 1/0.01.
    expect(stretchedPsnr(restored, sharp)).toBeGreaterThan(stretchedPsnr(image, sharp) + 10);
  });

  it('keeps a constant sky, to the edges, and needs a PSF for each band', () => {
    const image = skyImage({ width: 40, height: 30 }, new Float32Array(3600).fill(0.5));
    const observation = { image, psf: moffatPsf(1.4), noiseSigma: [1, 1, 1] };
    const [restored] = laplacianWiener.restore(observation, [1]);
    for (const value of restored.data) expect(value).toBeCloseTo(0.5, 5);
    expect(() => wienerFilter({ ...observation, psf: [psf, psf] }, [() => 1])).toThrow(
      'each of 3 bands, got 2',
    );
  });
});

describe('fitPowerSpectra', () => {
  it('of white noise is its variance at all frequencies', () => {
    const random = new RandomStream('power');
    const image = skyImage({ width: 128, height: 128, bands: ['r'] });
    image.data.forEach((_, i) => {
      image.data[i] = 0.3 * random.normal();
    });
    const [spectrum] = fitPowerSpectra([image]);
    for (const frequency of [0.1, 0.3, 0.5]) {
      // About a hundred modes each: 10% (one sigma).
      expect(powerAt(spectrum, frequency) / 0.09).toBeGreaterThan(0.7);
      expect(powerAt(spectrum, frequency) / 0.09).toBeLessThan(1.3);
    }
    const [rest] = fitPowerSpectra([image], [0.3]);
    expect(powerAt(rest, 0.3)).toBeLessThan(0.02);
    expect(powerAt(rest, 0.3)).toBeGreaterThan(0);
    expect(() => fitPowerSpectra([])).toThrow(RangeError);
  });
});

describe('richardsonLucy', () => {
  it("is scikit-image's from a constant", () => {
    const options = { iterations: [10], pedestal: 0, margin: 0 };
    const [restored] = richardsonLucy(observed(field, 64), options);
    farPlaces.forEach(([x, y], i) => {
      // scikit-image's edges, zeros beyond them, are felt some 1e-7 here; single precision is as coarse.
      expect(restored.data[y * 64 + x]).toBeCloseTo(scikitImage.richardsonLucy[i], 5);
    });
  });

  it('keeps the flux of an object in the sky', () => {
    const [restored] = richardsonLucy(observed(field, 64), { iterations: [15] });
    const sum = (pixels: ArrayLike<number>): number =>
      Array.from(pixels).reduce((total, value) => total + value, 0);
    // Each step keeps the sum of the whole canvas; some of it may move into the continuation beyond the edges.
    expect(sum(restored.data) / sum(field)).toBeCloseTo(1, 3);
  });

  it('gives the iterates asked for, the image first', () => {
    const observation = observed(field, 64);
    const [none] = richardsonLucy(observation, { iterations: [0], start: 'image' });
    expect(stretchedPsnr(none, observation.image)).toBeGreaterThan(120); // rounding to single precision
    const [five, ten] = richardsonLucy(observation, { iterations: [5, 10] });
    expect(five.data).toEqual(richardsonLucy(observation, { iterations: [5] })[0].data);
    expect(ten.data).not.toEqual(five.data);
    expect(richardsonLucyBaseline.restore(observation, [5, 1])[0].data).toEqual(five.data);
  });

  it.each([
    ['zeros', () => 0],
    ['negative noise', (random: RandomStream) => -1 + random.normal()],
    ['a star on nothing', (_: RandomStream, i: number) => (i === 100 ? 1e4 : 0)],
  ])('is never NaN: %s', (_, draw) => {
    const random = new RandomStream('never NaN');
    const pixels = Float64Array.from({ length: 400 }, (__, i) => draw(random, i));
    for (const pedestal of [undefined, 0]) {
      for (const start of ['image', 'constant'] as const) {
        const [restored] = richardsonLucy(observed(pixels, 20), { iterations: [40], start, pedestal });
        expect(restored.data.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('refuses iterations that are no ascending counts', () => {
    expect(() => richardsonLucy(observed(field, 64), { iterations: [5, 2] })).toThrow(/ascending/);
    expect(() => richardsonLucy(observed(field, 64), { iterations: [-1] })).toThrow(/ascending/);
  });
});

describe('tuneBaseline', () => {
  const size = 64;
  let pairs: TrainingPair[];
  let truths: SkyImage[];

  beforeAll(() => {
    const galaxies = Array.from({ length: 6 }, (_, i) =>
      simulateGalaxy(new RandomStream('tune', i), i, size),
    );
    truths = galaxies.map(({ truth }) => truth);
    pairs = galaxies.map(({ original, truth }, i) => {
      const {
        image,
        psf: blur,
        noiseSigma,
      } = degrade(original, { fwhm: 2, noise: 5, sky: [0.03, 0.03, 0.03] }, new RandomStream('noise', i));
      return { observation: { image, psf: blur, noiseSigma }, target: truth };
    });
  });

  it('takes the best of the candidates', () => {
    const tuned = tuneBaseline(gaussianSmoothing, pairs, [0, 1.5, 12]);
    expect(tuned.parameter).toBe(1.5);
    const direct = pairs.map(({ observation, target }) => stretchedPsnr(tuned.restore(observation), target));
    // The same numbers added up in another order.
    expect(tuned.scores[1]).toBeCloseTo(direct.reduce((sum, value) => sum + value, 0) / 6, 10);
    expect(() => tuneBaseline(gaussianSmoothing, [])).toThrow(RangeError);
  });

  it('finds every baseline better than doing nothing, and the fitted spectrum about as good as the best linear filter', () => {
    const few = (candidates: readonly number[]): number[] => candidates.filter((_, i) => i % 2 === 0);
    const spectral = spectralWiener(fitPowerSpectra(truths));
    const best = [constantWiener, laplacianWiener, spectral, richardsonLucyBaseline, gaussianSmoothing].map(
      (baseline) => Math.max(...tuneBaseline(baseline, pairs, few(baseline.candidates)).scores),
    );
    const [nothing] = tuneBaseline(gaussianSmoothing, pairs, [0]).scores;
    for (const score of best) expect(score).toBeGreaterThan(nothing + 2);
    const [constant, laplacian, spectrum, , smoothing] = best;
    // It is the best on fluxes; on the stretched scale another shape may be better by some tenths of a decibel.
    expect(spectrum).toBeGreaterThan(Math.max(constant, laplacian, smoothing) - 0.6);
  });

  it('leaves a plane that was not observed as it is', () => {
    const image = pairs[0].observation.image;
    expect(plane(gaussianSmoothing.restore(pairs[0].observation, [0])[0], 'g')).toEqual(plane(image, 'g'));
  });
});
