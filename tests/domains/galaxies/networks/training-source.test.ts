// What networks are trained on: the noise that a batch is said to have is in it, and so is the blur.

import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import type { SkyImage } from '../../../../data-adapters/galaxies/sky-image.ts';
import type { GalaxiesConfig } from '../../../../domains/galaxies/config.ts';
import { networkRow } from '../../../../domains/galaxies/networks/network-inputs.ts';
import { restorationSource, turned } from '../../../../domains/galaxies/networks/training-source.ts';
import { paperSigma, sampledGaussianPsf, smooth } from '../../../../domains/galaxies/psf/sampled-gaussian.ts';
import { farthest, sky } from '../skies.ts';

const size = 64;
const pixels = size * size;

/** Galaxies whose bands differ. */
const images: SkyImage[] = [0, 1, 2].map((i) => {
  const image = sky({ width: 72, height: 80, noise: 0, lights: [{ x: 36 + i, y: 40, height: 1, sigma: 6 }] });
  image.data.forEach((value, k) => {
    image.data[k] = value * (1 + Math.floor(k / (72 * 80)));
  });
  return image;
});

const range: GalaxiesConfig['degradation'] = { fwhm: [1, 2.8], noise: [0.02, 0.35], mode: 'independent' };

type Inputs = Record<string, Float32Array>;

function batches(
  given: GalaxiesConfig['degradation'],
  { seed = 1, epoch = 0, skip = 0, batchSize = 3, of = images } = {},
): Inputs[] {
  const source = restorationSource({
    images: of,
    crop: size,
    range: given,
    random: new RandomStream('source', seed),
  });
  const made = source.epoch({ epoch, batchSize, skip }) as Iterable<{ inputs: Inputs }>;
  return Array.from(made, ({ inputs }) => inputs);
}

/** Many examples: `count` passes over the images. */
const examples = (given: GalaxiesConfig['degradation'], count: number) =>
  Array.from({ length: count }, (_, epoch) => batches(given, { epoch, batchSize: 1 })).flat();

const planeOf = (data: Float32Array, band: number) => data.subarray(band * pixels, (band + 1) * pixels);

const isGrey = ({ target }: Inputs): boolean => farthest(planeOf(target, 0), planeOf(target, 1)) === 0;

/** The noise that was added: the image less its target, blurred as is said. */
function added({ target, degraded, seeing }: Inputs): Float32Array[] {
  const sigma = paperSigma(seeing[0], 1);
  return [0, 1, 2].map((band) => {
    const blurred = smooth(planeOf(target, band), size, size, sigma);
    return planeOf(degraded, band).map((value, i) => value - blurred[i]);
  });
}

const deviation = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
const correlation = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, v, i) => sum + v * b[i], 0) / a.length / (deviation(a) * deviation(b));

// Of 4,096 pixels a standard deviation errs by 1.1 % and a correlation by 0.016: four and a half of these.
const deviationError = 0.05;
const correlationError = 0.07;

describe('restorationSource', () => {
  it.each(['independent', 'shared'] as const)('adds the %s noise that it says, to every band', (mode) => {
    const own = examples({ ...range, mode }, 12);
    for (const example of own) {
      const noise = added(example);
      for (const [band, values] of noise.entries()) {
        expect(Math.abs(deviation(values) / example.noise[band] - 1)).toBeLessThan(deviationError);
        // White: nothing in common with the neighbour.
        expect(Math.abs(correlation(values.subarray(1), values.subarray(0, -1)))).toBeLessThan(
          correlationError,
        );
      }
      const together = mode === 'shared' || isGrey(example);
      for (const [a, b] of [
        [0, 1],
        [1, 2],
      ]) {
        const found = correlation(noise[a], noise[b]);
        // One field to float32 of fluxes of up to 6.
        if (together) expect(found).toBeGreaterThan(0.9999);
        else expect(Math.abs(found)).toBeLessThan(correlationError);
      }
      if (together) expect(new Set(example.noise).size).toBe(1);
    }
    // A fraction is grey: some of 36 examples, less than half.
    const greys = own.filter(isGrey).length;
    expect(greys).toBeGreaterThan(0);
    expect(greys).toBeLessThan(18);
  });

  it('draws seeing, noise and brightness from the whole of their ranges', () => {
    const own = examples(range, 20);
    const seeings = own.map(({ seeing }) => seeing[0] * 0.396);
    expect(Math.min(...seeings)).toBeGreaterThan(1 - 1e-6);
    expect(Math.max(...seeings)).toBeLessThan(2.8 + 1e-6);
    // Of 60 uniform draws the outer sixths hold some with a chance of 1 - 2e-5.
    expect(Math.min(...seeings)).toBeLessThan(1.3);
    expect(Math.max(...seeings)).toBeGreaterThan(2.5);
    const noises = own.flatMap(({ noise }) => [...noise]);
    // Bands have 0.75 to 1.33 times the noise of the image.
    expect(Math.min(...noises)).toBeGreaterThan(0.75 * 0.02 - 1e-6);
    expect(Math.max(...noises)).toBeLessThan(1.33 * 0.35 + 1e-6);
    expect(Math.min(...noises)).toBeLessThan(0.04);
    expect(Math.max(...noises)).toBeGreaterThan(0.2);
    const peaks = own
      .filter((example) => !isGrey(example))
      .map(({ target }) => Math.max(...planeOf(target, 0)));
    expect(Math.max(...peaks) / Math.min(...peaks)).toBeGreaterThan(2);
    expect(Math.max(...peaks) / Math.min(...peaks)).toBeLessThanOrEqual(4.0001);
  });

  it('shows the filters of the very image, seeing and noise', () => {
    for (const example of examples(range, 2)) {
      const image = { ...sky({ width: size, height: size, noise: 0 }), data: example.degraded };
      const seeing = example.seeing[0];
      const row = networkRow({
        image,
        psf: sampledGaussianPsf(paperSigma(seeing, 1)),
        seeing,
        noise: [...example.noise],
      });
      for (const name of ['smoothed', 'wiener']) {
        // Noise and seeing went through float32.
        expect(farthest(example[name], row[name])).toBeLessThan(1e-4);
      }
    }
  });

  it('makes the same batches from the same seed, others from another, and others in every pass', () => {
    const [first] = batches(range);
    expect(batches(range)[0]).toEqual(first);
    expect(batches(range, { seed: 2 })[0].degraded).not.toEqual(first.degraded);
    expect(batches(range, { epoch: 1 })[0].degraded).not.toEqual(first.degraded);
    // A resumed run goes on with what it would have had.
    expect(batches(range, { batchSize: 1, skip: 2 })).toEqual(batches(range, { batchSize: 1 }).slice(2));
    expect(Object.fromEntries(Object.entries(first).map(([name, { length }]) => [name, length]))).toEqual({
      target: 9 * pixels,
      degraded: 9 * pixels,
      smoothed: 9 * pixels,
      wiener: 9 * pixels,
      noise: 9,
      seeing: 3,
    });
  });
});

describe('turned', () => {
  it('is each of the eight symmetries of the square once', () => {
    const image = sky({ width: 5, height: 5, noise: 1 });
    const ways = Array.from({ length: 8 }, (_, way) => turned(image, way));
    expect(new Set(ways.map(({ data }) => String(data))).size).toBe(8);
    expect(ways[0].data).toEqual(image.data);
    for (const { data } of ways) {
      for (let band = 0; band < 3; band++) {
        const sorted = (values: Float32Array) => values.slice(25 * band, 25 * band + 25).sort();
        expect(sorted(data)).toEqual(sorted(image.data));
        // The middle stays where it is.
        expect(data[25 * band + 12]).toBe(image.data[25 * band + 12]);
      }
    }
  });
});
