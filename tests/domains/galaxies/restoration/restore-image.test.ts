import { describe, expect, it } from 'vitest';
import { mapPlanes, plane, type SkyImage, skyImage } from '../../../../data-adapters/galaxies/sky-image.ts';
import { convolve } from '../../../../domains/galaxies/fourier/convolve.ts';
import {
  degradedInput,
  noiseInput,
  seeingInput,
  smoothedInput,
  wienerInput,
} from '../../../../domains/galaxies/networks/names.ts';
import {
  type DegradedImage,
  networkRow,
  smoothingWidth,
} from '../../../../domains/galaxies/networks/network-inputs.ts';
import { paperSigma, sampledGaussianPsf, smooth } from '../../../../domains/galaxies/psf/sampled-gaussian.ts';
import { conserveFlux } from '../../../../domains/galaxies/restoration/conserve-flux.ts';
import {
  oneAgain,
  restoreImage,
  restorePlane,
} from '../../../../domains/galaxies/restoration/restore-image.ts';
import { echo, farthest, sky } from '../skies.ts';

const seeing = 4;
const psf = sampledGaussianPsf(paperSigma(seeing, 1));
const noise = [0.05, 0.1, 0.2];

const light = { x: 40, y: 33, height: 3, sigma: 6 };

const degradedOf = (image: SkyImage): DegradedImage => ({
  image,
  psf,
  seeing,
  noise: noise.slice(0, image.bands.length),
});

const field = (width: number, height: number) =>
  degradedOf(sky({ width, height, noise: 0.1, lights: [light, { x: 100, y: 70, height: 1, sigma: 9 }] }));

const options = { id: 'any', conserve: 0 };

describe('networkRow', () => {
  it('shows the image, two filters of it, its noise and its seeing', () => {
    const degraded = field(40, 30);
    const row = networkRow(degraded);
    expect(row[degradedInput]).toBe(degraded.image.data);
    expect([...row[noiseInput]]).toEqual([...Float32Array.from(noise)]);
    expect([...row[seeingInput]]).toEqual([4]);
    expect(row[wienerInput]).toHaveLength(3 * 40 * 30);
    const expected = smooth(plane(degraded.image, 2), 40, 30, 7.4 * Math.sqrt(0.2));
    expect(farthest(row[smoothedInput].subarray(2400), expected)).toBe(0);
  });

  it('smooths noise beyond all training by no more than 20 pixels', () => {
    expect(smoothingWidth(0.25)).toBeCloseTo(3.7, 12);
    expect(smoothingWidth(1e9)).toBe(20);
  });
});

describe('restoreImage', () => {
  it.each([
    [150, 110],
    [64, 64],
    [31, 90],
    [1, 1],
  ])('of %i x %i px answers the same whatever the size of its tiles', async (width, height) => {
    const degraded = field(width, height);
    const expected = networkRow(degraded)[smoothedInput];
    for (const tile of [64, 80, 128]) {
      const { models, shapes } = echo();
      const { restored, deviation } = await restoreImage(degraded, { ...options, models, tile });
      expect(shapes.every(([rows, ...shape]) => rows <= 8 && String(shape) === `3,${tile},${tile}`)).toBe(
        true,
      );
      // Tiles are cut from one and the same filtered image: the last rounding to float32 is all that differs.
      expect(farthest(restored.data, expected)).toBeLessThan(1e-6);
      expect(farthest(deviation!.data, new Float32Array(3 * width * height).fill(0.1))).toBeLessThan(1e-7);
    }
  });

  it('restores an image larger than a block as if it were one', async () => {
    const degraded = field(230, 150);
    const { models } = echo();
    const whole = await restoreImage(degraded, { ...options, models, tile: 64 });
    const block = { size: 100, overlap: 48 };
    const inBlocks = await restoreImage(degraded, { ...options, models, tile: 64, block });
    // Filters see what is mirrored beyond a block's edge, where the block counts for next to nothing: within the 7 pixels that
    // they reach it has 5 % of the weight. Noise of 0.1, smoothed, differs by 0.03 there.
    expect(farthest(inBlocks.restored.data, whole.restored.data)).toBeLessThan(0.05 * 0.1);
    expect(farthest(inBlocks.restored.data, degraded.image.data)).toBeGreaterThan(0.1);
    const flat = degradedOf(skyImage({ width: 130, height: 201 }, new Float32Array(3 * 130 * 201).fill(0.7)));
    const constant = await restoreImage(flat, { ...options, conserve: 12, models, tile: 64, block });
    // Transforms in float64, kept in float32.
    expect(farthest(constant.restored.data, flat.image.data)).toBeLessThan(1e-5);
  });

  it('tells of whole pixels that add up to all', async () => {
    for (const [width, height] of [
      [150, 110],
      [230, 150],
      [33, 7],
    ]) {
      const told: number[] = [];
      const { models } = echo();
      await restoreImage(field(width, height), {
        ...options,
        models,
        tile: 64,
        block: { size: 160, overlap: 32 },
        onPixels: (pixels) => told.push(pixels),
      });
      expect(told.every(Number.isInteger)).toBe(true);
      expect(told.reduce((a, b) => a + b, 0)).toBe(width * height);
    }
  });

  it('stops when it is asked to', async () => {
    const { models, shapes } = echo();
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(restoreImage(field(70, 70), { ...options, models, tile: 64, signal })).rejects.toThrow(
      'stopped',
    );
    expect(shapes).toHaveLength(0);
  });
});

describe('restorePlane', () => {
  it('shows one plane three times and answers the mean', async () => {
    const image = sky({ width: 70, height: 50, noise: 0.05, lights: [light] }, ['flux']);
    const degraded = degradedOf(image);
    const { models, shapes } = echo(degradedInput);
    const { restored, deviation } = await restorePlane(degraded, { ...options, models, tile: 64 });
    expect(shapes.map((shape) => shape[1])).toEqual(shapes.map(() => 3));
    expect(restored).toMatchObject({ width: 70, height: 50, bands: ['flux'] });
    // Mean of three equal numbers of at most 3.2, in float32.
    expect(farthest(restored.data, image.data)).toBeLessThan(1e-6);
    expect(farthest(deviation!.data, new Float32Array(3500).fill(0.1))).toBeLessThan(1e-7);
  });
});

describe('oneAgain', () => {
  it('is the mean of the bands in each of them, pixel by pixel', () => {
    const restored = skyImage({ width: 2, height: 1 }, Float32Array.of(1, 2, 3, 5, 5, 8));
    const { restored: mean, deviation } = oneAgain({ restored, deviation: restored }, restored);
    // (1 + 3 + 5) / 3 = 3 and (2 + 5 + 8) / 3 = 5.
    expect(mean).toEqual({ ...restored, data: Float32Array.of(3, 5, 3, 5, 3, 5) });
    expect(deviation).toEqual(mean);
  });
});

describe('conserveFlux', () => {
  const side = 128;
  const centred = { x: 64, y: 64, height: 4, sigma: 7 };
  const truth = sky({ width: side, height: side, noise: 0, lights: [centred] });
  const blurred = mapPlanes(truth, (pixels) => convolve(pixels, side, side, psf));
  const quiet = { psf, noise: [0.02, 0.02, 0.02] };
  const total = (image: SkyImage) => plane(image, 1).reduce((sum, value) => sum + value, 0);

  it('puts back what a network lost of a source', () => {
    const faint = mapPlanes(truth, (pixels) => pixels.map((value) => 0.8 * value));
    const again = conserveFlux(faint, { ...quiet, image: blurred }, 12);
    expect(total(faint) / total(truth)).toBeCloseTo(0.8, 6);
    // What is fainter than four sigma of the smoothed noise, 0.006, stays lost: less than 1 % of this galaxy's flux; and
    // the flux that smoothing moves there.
    expect(Math.abs(total(again) / total(truth) - 1)).toBeLessThan(0.02);
  });

  it('leaves what is right, and the sky', () => {
    expect(farthest(conserveFlux(truth, { ...quiet, image: blurred }, 12).data, truth.data)).toBeLessThan(
      1e-5,
    );
    const noisy = sky({ width: side, height: side, noise: 0.02, lights: [] });
    const nothing = skyImage({ width: side, height: side });
    expect(farthest(conserveFlux(nothing, { ...quiet, image: noisy }, 12).data, nothing.data)).toBe(0);
    // A restored sky of half a sigma: a thousandth of the residual comes back.
    const dark = skyImage({ width: side, height: side }, new Float32Array(3 * side * side).fill(1e-5));
    expect(farthest(conserveFlux(dark, { ...quiet, image: noisy }, 12).data, dark.data)).toBeLessThan(1e-4);
  });
});
