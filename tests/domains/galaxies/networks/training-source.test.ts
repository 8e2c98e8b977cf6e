// What networks are trained on: the noise that a batch is said to have is in it, and so is the blur.

import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { cropImage, planes, type SkyImage } from '../../../../data-adapters/galaxies/sky-image.ts';
import type { GalaxiesConfig } from '../../../../domains/galaxies/config.ts';
import { noiseGain } from '../../../../domains/galaxies/degrade.ts';
import { networkRow } from '../../../../domains/galaxies/networks/network-inputs.ts';
import { turned } from '../../../../domains/galaxies/networks/training-examples.ts';
import { restorationSource } from '../../../../domains/galaxies/networks/training-source.ts';
import { paperSigma, sampledGaussianPsf, smooth } from '../../../../domains/galaxies/psf/sampled-gaussian.ts';
import { noiseOf } from '../../../../domains/galaxies/units.ts';
import { farthest, sky } from '../skies.ts';

const size = 64;
const pixels = size * size;

/** Galaxies whose bands differ, so many times as bright. */
const galaxies = (height: number): SkyImage[] =>
  [0, 1, 2].map((i) => {
    const image = sky({ width: 72, height: 80, noise: 0, lights: [{ x: 36 + i, y: 40, height, sigma: 6 }] });
    image.data.forEach((value, k) => {
      image.data[k] = value * (1 + Math.floor(k / (72 * 80)));
    });
    return image;
  });
const images = galaxies(1);

const range: GalaxiesConfig['degradation'] = { fwhm: [1, 2.8], noise: [0.02, 0.35], mode: 'independent' };

type Inputs = Record<string, Float32Array>;

function batches(
  given: GalaxiesConfig['degradation'],
  { seed = 1, epoch = 0, skip = 0, batchSize = 3, of = images, variety = 1 } = {},
): Inputs[] {
  const source = restorationSource({
    images: of,
    crop: size,
    range: given,
    variety,
    random: new RandomStream('source', seed),
  });
  const made = source.epoch({ epoch, batchSize, skip }) as Iterable<{ inputs: Inputs }>;
  return Array.from(made, ({ inputs }) => inputs);
}

/** Many examples: `count` passes over the images. */
const examples = (given: GalaxiesConfig['degradation'], count: number, of = images) =>
  Array.from({ length: count }, (_, epoch) => batches(given, { epoch, batchSize: 1, of })).flat();

const planeOf = (data: Float32Array, band: number) => data.subarray(band * pixels, (band + 1) * pixels);

const isGrey = ({ target }: Inputs): boolean => farthest(planeOf(target, 0), planeOf(target, 1)) === 0;

/** First pixel and side of the image within an example: beyond the edges of a stamp columns are their neighbours' twins. */
function extent({ degraded }: Inputs): { first: number; side: number } {
  const seams = Array.from({ length: size - 1 }, (_, i) => i + 1).filter((x) =>
    Array.from({ length: size }, (_, y) => y * size + x).every((at) => degraded[at] === degraded[at - 1]),
  );
  const [first = 0, end = size] = seams.length === 1 ? [0, seams[0]] : seams;
  return { first, side: end - first };
}

/** That image. */
const inside = (data: Float32Array, { first, side }: ReturnType<typeof extent>): SkyImage =>
  cropImage({ ...sky({ width: size, height: size, noise: 0 }), data }, first, first, side, side);

/** The noise that was added: the image less its target, blurred as is said, but for the wings of some of the blurs. */
function added(example: Inputs): Float32Array[] {
  const { target, degraded, seeing } = example;
  const place = extent(example);
  const sigma = paperSigma(seeing[0], 1);
  const [shown, learnt] = [inside(degraded, place), inside(target, place)];
  return planes(learnt).map((plane, band) => {
    const blurred = smooth(plane, place.side, place.side, sigma);
    return planes(shown)[band].map((value, i) => value - blurred[i]);
  });
}

const deviation = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
const correlation = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, v, i) => sum + v * b[i], 0) / a.length / (deviation(a) * deviation(b));

// Of the 1,024 pixels of the smallest stamp a standard deviation errs by 2.2 % and a correlation by 0.031: four and a half of these.
const deviationError = 0.1;
const correlationError = 0.14;

describe('restorationSource', () => {
  it('gives the same batches, whether threads make them or not, and goes on where a run was left', async () => {
    const options = { images, crop: size, range, variety: 1, random: new RandomStream('source', 1) };
    const threaded: Inputs[] = [];
    const source = restorationSource({ ...options, threads: 2 });
    for await (const { rows, inputs } of source.epoch({ epoch: 1, batchSize: 2, skip: 0 })) {
      threaded.push(inputs as Inputs);
      expect(rows).toBe(threaded.length === 1 ? 2 : 1);
    }
    const alone = batches(range, { epoch: 1, batchSize: 2 });
    expect(threaded).toEqual(alone);
    for await (const { inputs } of source.epoch({ epoch: 1, batchSize: 2, skip: 1 }))
      expect(inputs).toEqual(alone[1]);
  });

  it.each(['independent', 'shared'] as const)('adds the %s noise that it says, to every band', (mode) => {
    // Far above what blurs leave of the recorded noise and galaxies too faint for the wings to matter.
    const own = examples({ ...range, noise: [0.2, 0.35], mode }, 12, galaxies(1e-3));
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
        // One field, but for the recorded noise of bands, blurred otherwise than is thought here.
        if (together) expect(found).toBeGreaterThan(0.98);
        else expect(Math.abs(found)).toBeLessThan(correlationError);
      }
    }
    // 60 % of the stamps, which are 40 %, and 25 % of the others: 14 of 36 with a standard deviation of 3.
    const greys = own.filter(isGrey).length;
    expect(greys).toBeGreaterThan(3);
    expect(greys).toBeLessThan(25);
  });

  it('says of the noise what it added and what the blur left of that of the recording', () => {
    for (const example of examples(range, 4)) {
      const place = extent(example);
      const gain = noiseGain(sampledGaussianPsf(paperSigma(example.seeing[0], 1)));
      noiseOf(inside(example.target, place)).forEach((own, band) => {
        // Wings make the gain smaller, by a third at most.
        expect(example.noise[band]).toBeGreaterThan(
          Math.hypot(0.75 * range.noise[0], (2 / 3) * own * gain) - 1e-6,
        );
        expect(example.noise[band]).toBeLessThan(Math.hypot(1.33 * range.noise[1], own * gain) + 1e-6);
      });
    }
  });

  it('learns images with noise of many depths and grains, of which the truth has none', () => {
    const own = examples(range, 12, galaxies(1e-3)).map((example) => {
      const place = extent(example);
      const [target] = planes(inside(example.target, place));
      const [truth] = planes(inside(example.truth, place));
      return target.map((value, i) => value - truth[i]);
    });
    const levels = own.map(deviation);
    // 0.008 to 0.05, each as uncertain as 1,024 pixels of grains of 1.5 px, of which 36 are independent: 12 %, three times that.
    expect(Math.min(...levels)).toBeGreaterThan(0.008 * 0.64);
    expect(Math.max(...levels)).toBeLessThan(0.05 * 1.36);
    expect(Math.max(...levels) / Math.min(...levels)).toBeGreaterThan(2.5);
    const neighbours = own.map((noise) => correlation(noise.subarray(1), noise.subarray(0, -1)));
    // White ones are a quarter, and grains above 1 px, correlated by exp(-1 / 4) = .78, three tenths.
    expect(neighbours.filter((value) => Math.abs(value) < 0.14).length).toBeGreaterThan(2);
    expect(neighbours.filter((value) => value > 0.7).length).toBeGreaterThan(2);
  });

  it('leaves the share of the images without noise that is asked for, in whole crops and told what was added', () => {
    const own = [0, 1, 2, 3].flatMap((epoch) => batches(range, { epoch, batchSize: 1, variety: 0 }));
    for (const example of own) {
      expect(example.target).toEqual(example.truth);
      expect(extent(example)).toEqual({ first: 0, side: size });
      added(example).forEach((values, band) => {
        // 4,096 pixels: 1.1 %, four and a half times.
        expect(Math.abs(deviation(values) / example.noise[band] - 1)).toBeLessThan(0.05);
      });
    }
    const half = Array.from({ length: 12 }, (_, epoch) =>
      batches(range, { epoch, batchSize: 1, variety: 0.5 }),
    ).flat();
    const clean = half.filter(({ target, truth }) => farthest(target, truth) === 0).length;
    // 18 of 36, with a standard deviation of 3.
    expect(clean).toBeGreaterThan(6);
    expect(clean).toBeLessThan(30);
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
    // Bands have 0.75 to 1.33 times the noise of the image, and a little of that of the recording.
    expect(Math.min(...noises)).toBeGreaterThan(0.75 * 0.02 - 1e-6);
    expect(Math.max(...noises)).toBeLessThan(1.01 * 1.33 * 0.35);
    expect(Math.min(...noises)).toBeLessThan(0.04);
    expect(Math.max(...noises)).toBeGreaterThan(0.2);
    // Galaxies are half to twice as bright, stamps of distant ones .01 to .6: of 24 half are below .1.
    const peaks = own.map(({ truth }) => Math.max(...planeOf(truth, 0)) - Math.min(...planeOf(truth, 0)));
    expect(Math.max(...peaks) / Math.min(...peaks)).toBeGreaterThan(5);
  });

  it('shows the filters of the very image, seeing and noise, before it is mirrored beyond its edges', () => {
    const own = examples(range, 6).map((example) => {
      const place = extent(example);
      const seeing = example.seeing[0];
      const row = networkRow({
        image: inside(example.degraded, place),
        psf: sampledGaussianPsf(paperSigma(seeing, 1)),
        seeing,
        noise: [...example.noise],
      });
      const off = (name: string) => farthest(inside(example[name], place).data, row[name]);
      // Noise and seeing went through float32.
      expect(off('smoothed')).toBeLessThan(1e-4);
      return { stamp: place.side < size, gaussian: off('wiener') < 1e-4 };
    });
    // Of 18 seven are stamps, hardly any of them of 64 px, and 13 are blurred by a Gaussian, both to within 2.
    const stamps = own.filter(({ stamp }) => stamp).length;
    expect(stamps).toBeGreaterThan(0);
    expect(stamps).toBeLessThan(15);
    const gaussians = own.filter(({ gaussian }) => gaussian).length;
    expect(gaussians).toBeGreaterThan(6);
    expect(gaussians).toBeLessThan(18);
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
      truth: 9 * pixels,
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
