import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapPlanes, plane, type SkyImage, skyImage } from '../../../../data-adapters/galaxies/sky-image.ts';
import { convolve } from '../../../../domains/galaxies/fourier/convolve.ts';
import { paperSigma, sampledGaussianPsf } from '../../../../domains/galaxies/psf/sampled-gaussian.ts';
import { fitMiddle as fit } from '../../../../domains/galaxies/restoration/fit-middle.ts';
import { putFluxRight } from '../../../../domains/galaxies/restoration/put-flux-right.ts';
import { farthest, fwhmPerSigma, sky } from '../skies.ts';

const psf = sampledGaussianPsf(paperSigma(4, 1));
const noise = [0.3, 0.3, 0.3];
/** So strong that all of what is fitted is added. */
const buried = [1e4, 1e4, 1e4];

const blurred = (image: SkyImage): SkyImage =>
  mapPlanes(image, (pixels) => convolve(pixels, image.width, image.height, psf));
const total = (image: SkyImage, band = 1): number =>
  plane(image, band).reduce((sum, value) => sum + value, 0);
const times = (image: SkyImage, factor: number): SkyImage =>
  mapPlanes(image, (pixels) => pixels.map((value) => factor * value));
const plus = (a: SkyImage, b: SkyImage): SkyImage =>
  mapPlanes(a, (pixels, band) => pixels.map((value, i) => value + plane(b, band)[i]));

/** The image alone. */
const fitMiddle = (restored: SkyImage, degraded: Parameters<typeof fit>[1]): SkyImage =>
  fit({ restored }, degraded).restored;

/** A light in the very middle of a square. */
const galaxy = (side: number, sigma: number, height = 0.2): SkyImage =>
  sky({
    width: side,
    height: side,
    noise: 0,
    lights: [{ x: (side - 1) / 2, y: (side - 1) / 2, height, sigma }],
  });

describe('fitMiddle', () => {
  it.each([48, 63])('finds a spot of its own width where nothing was restored, on %i px', (side) => {
    const truth = galaxy(side, 12 / fwhmPerSigma);
    const found = fitMiddle(skyImage(truth), { image: blurred(truth), psf, noise: buried });
    // The first shape is the truth itself; transforms in float64 of pixels in float32.
    expect(farthest(found.data, truth.data)).toBeLessThan(1e-6);
  });

  it('keeps what is right, whatever the level of the sky', () => {
    const truth = sky({
      width: 64,
      height: 64,
      noise: 0,
      level: 0.3,
      lights: [{ x: 31, y: 33, height: 1, sigma: 5 }],
    });
    // Rounding to float32 of values near 1, carried by shapes of about 1.
    expect(
      farthest(fitMiddle(truth, { image: blurred(truth), psf, noise: buried }).data, truth.data),
    ).toBeLessThan(1e-5);
  });

  it.each([
    ['as wide as the spot', 12 / fwhmPerSigma, 0, 1e-6],
    // A shape wider than the galaxy weighs what it has and the galaxy has not: too much flux; a narrower one too little.
    ['narrower', 3, 0.2, 0.3],
    ['wider', 8, -0.25, -0.15],
  ])('brings back the flux of a galaxy that is %s and was restored too faint', (_, sigma, least, most) => {
    const truth = galaxy(64, sigma);
    const faint = times(truth, 0.4);
    expect(total(faint) / total(truth)).toBeCloseTo(0.4, 6);
    const error = total(fitMiddle(faint, { image: blurred(truth), psf, noise: buried })) / total(truth) - 1;
    expect(error).toBeGreaterThan(least - 1e-6);
    expect(error).toBeLessThan(most);
  });

  it('leaves a galaxy alone that the noise does not touch, and does half of each fit at 50 times the noise', () => {
    const truth = galaxy(64, 3);
    const faint = times(truth, 0.4);
    const image = blurred(truth);
    const change = (level: number): number =>
      farthest(fitMiddle(faint, { image, psf, noise: [level, level, level] }).data, faint.data);
    // z is the noise's inverse: found from the change at noise so strong that all is done.
    const spot = galaxy(64, 12 / fwhmPerSigma, 1);
    const seen = plane(blurred(spot), 1);
    const shown = plane(blurred(faint), 1);
    const [product, power] = [
      seen.reduce((sum, value, i) => sum + value * shown[i], 0),
      seen.reduce((sum, value) => sum + value ** 2, 0),
    ];
    const half = product / Math.sqrt(power) / 50;
    const all = change(1e6);
    // 1 / (1 + 1000^2), twice.
    expect(change(half * 1e-3) / all).toBeLessThan(3e-6);
    // A half, and then a half of the rest: 3/4 were both shapes the galaxy's.
    expect(change(half) / all).toBeGreaterThan(0.65);
    expect(change(half) / all).toBeLessThan(0.85);
  });

  it('is right on average where noise buries the galaxy', () => {
    const truth = galaxy(48, 12 / fwhmPerSigma, 0.1);
    const degraded = blurred(truth);
    const draws = 60;
    const ratios = Array.from({ length: draws }, (_, seed) => {
      const image = plus(degraded, sky({ width: 48, height: 48, noise: 0.3, seed: seed + 1 }));
      return [0, 1, 2].map(
        (band) => total(fitMiddle(skyImage(truth), { image, psf, noise }), band) / total(truth, band),
      );
    }).flat();
    const mean = ratios.reduce((a, b) => a + b, 0) / ratios.length;
    const deviation = Math.sqrt(ratios.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (ratios.length - 1));
    // The brightness of a known shape has the error 0.3 / sqrt(sum b^2); 0.35 of the flux here. The second shape adds to it.
    expect(deviation).toBeGreaterThan(0.2);
    expect(deviation).toBeLessThan(0.6);
    // Four standard errors of a mean of 180.
    expect(Math.abs(mean - 1)).toBeLessThan((4 * deviation) / Math.sqrt(ratios.length));
  });

  it('adds the error of the brightness to the deviation', () => {
    const truth = galaxy(48, 12 / fwhmPerSigma, 0.1);
    const degraded = blurred(truth);
    const middle = 24 * 48 + 24;
    const draws = Array.from({ length: 60 }, (_, seed) => {
      const image = plus(degraded, sky({ width: 48, height: 48, noise: 0.3, seed: seed + 1 }));
      const given = { restored: skyImage(truth), deviation: times(truth, 0) };
      const { restored, deviation } = fit(given, { image, psf, noise });
      return [0, 1, 2].map((band) => ({
        error: plane(restored, band)[middle] - plane(truth, band)[middle],
        deviation: plane(deviation!, band)[middle],
      }));
    }).flat();
    const rootMeanSquare = (values: number[]): number =>
      Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    const ratio =
      rootMeanSquare(draws.map(({ error }) => error)) / rootMeanSquare(draws.map((d) => d.deviation));
    // A standard deviation of 180 errors is known to 1 / sqrt(360) = .05. The second shape is made of the first, and so not free of its error,
    // which the sum in quadrature takes it for: too wide rather than too narrow.
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.15);
  });

  it('changes nothing further than 48 px from the middle', () => {
    const image = sky({
      width: 201,
      height: 140,
      noise: 0.3,
      lights: [{ x: 20, y: 20, height: 9, sigma: 4 }],
    });
    const restored = sky({
      width: 201,
      height: 140,
      noise: 0.01,
      lights: [{ x: 99, y: 70, height: 1, sigma: 6 }],
    });
    const found = fitMiddle(restored, { image, psf, noise });
    let [inside, outside] = [0, 0];
    found.data.forEach((value, i) => {
      const [x, y] = [i % 201, Math.floor(i / 201) % 140];
      const change = Math.abs(value - restored.data[i]);
      if (Math.abs(x - 100) <= 48 && Math.abs(y - 69.5) <= 48) inside = Math.max(inside, change);
      else outside = Math.max(outside, change);
    });
    expect(outside).toBe(0);
    expect(inside).toBeGreaterThan(0.01);
  });

  it('grows with the image, and is mirrored with it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 9, max: 110 }),
        fc.integer({ min: 9, max: 110 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.integer({ min: 1, max: 1000 }),
        (width, height, factor, seed) => {
          const lights = [{ x: width / 2, y: height / 3, height: 0.5, sigma: 4 }];
          const restored = sky({ width, height, noise: 0.01, lights, seed });
          const image = sky({ width, height, noise: 0.3, lights, seed: seed + 1 });
          const found = fitMiddle(restored, { image, psf, noise });
          const larger = fitMiddle(times(restored, factor), {
            image: times(image, factor),
            psf,
            noise: noise.map((own) => own * factor),
          });
          // Values of about factor, through float32.
          expect(farthest(larger.data, times(found, factor).data)).toBeLessThan(1e-4 * factor);
          const mirror = (of: SkyImage): SkyImage =>
            mapPlanes(of, (pixels) =>
              pixels.map((_, i) => pixels[i - (i % width) + (width - 1 - (i % width))]),
            );
          const other = fitMiddle(mirror(restored), { image: mirror(image), psf, noise });
          expect(farthest(other.data, mirror(found).data)).toBeLessThan(1e-4);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('leaves an image of one pixel, and one of nothing, finite', () => {
    for (const side of [1, 2, 16]) {
      const nothing = skyImage({ width: side, height: side });
      expect(fitMiddle(nothing, { image: nothing, psf, noise }).data.every((value) => value === 0)).toBe(
        true,
      );
    }
  });
});

describe('putFluxRight', () => {
  it('does what it is asked for', () => {
    const truth = galaxy(64, 5);
    const degraded = { image: blurred(truth), psf, seeing: 4, noise };
    const faint = { restored: times(truth, 0.4), deviation: truth };
    expect(putFluxRight(faint, degraded, { conserve: 0 })).toBe(faint);
    expect(putFluxRight(faint, degraded, { conserve: 0, centred: true })).toEqual(fit(faint, degraded));
    const conserved = putFluxRight(faint, degraded, { conserve: 12 });
    expect(conserved.deviation).toBe(truth);
    expect(putFluxRight(faint, degraded, { conserve: 12, centred: true })).toEqual(fit(conserved, degraded));
  });
});
