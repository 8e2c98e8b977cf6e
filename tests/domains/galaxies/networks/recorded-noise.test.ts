// The noise of a recording: its variance, its grain, and what of it comes from light.
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { planes, type SkyImage } from '../../../../data-adapters/galaxies/sky-image.ts';
import { withRecordedNoise } from '../../../../domains/galaxies/networks/recorded-noise.ts';
import { electronsPerNanomaggy } from '../../../../domains/galaxies/simulator/camera.ts';
import { sky } from '../skies.ts';

const size = 200;

/** Noise of each band on a sky of one level. */
const noiseOn = (level: number, noise: Parameters<typeof withRecordedNoise>[1]): Float32Array[] => {
  const image = sky({ width: size, height: size, noise: 0, level });
  const noisy = withRecordedNoise(image, noise, new RandomStream('recorded'));
  return planes(noisy).map((plane) => plane.map((value) => value - level));
};

const covariance = (noise: Float32Array, distance: number): number => {
  let [sum, count] = [0, 0];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x + distance < size; x++) {
      sum += noise[y * size + x] * noise[y * size + x + distance];
      count++;
    }
  }
  return sum / count;
};

describe('withRecordedNoise', () => {
  // Grains of 1.2 px leave 40,000 / (4 pi 1.2^2) = 2,200 independent squares: a variance errs by 3 %, five times that is taken.
  it.each([0, 0.5, 1.2])('keeps the variance of the sky at a grain of %f px', (grain) => {
    for (const noise of noiseOn(0, { level: 0.03, photons: 1, grain })) {
      expect(Math.abs(covariance(noise, 0) / 0.03 ** 2 - 1)).toBeLessThan(0.15);
    }
  });

  it.each([0.8, 1.2])('correlates neighbours as white noise smoothed by a Gaussian of %f px', (grain) => {
    const [noise] = noiseOn(0, { level: 0.03, photons: 1, grain });
    for (const distance of [1, 2]) {
      // exp(-d^2 / (4 s^2)); the kernel ends at two standard deviations, which takes 0.03 off at most.
      const expected = Math.exp(-(distance ** 2) / (4 * grain ** 2));
      expect(Math.abs(covariance(noise, distance) / covariance(noise, 0) - expected)).toBeLessThan(0.08);
    }
  });

  it('is white without a grain', () => {
    const [noise] = noiseOn(0, { level: 0.03, photons: 1, grain: 0 });
    // A correlation of 40,000 pixels errs by 0.005.
    expect(Math.abs(covariance(noise, 1) / covariance(noise, 0))).toBeLessThan(0.025);
  });

  it('adds the noise of the light: (level / 0.025)^2 times photons times flux over electrons per nanomaggy', () => {
    for (const photons of [1, 8]) {
      noiseOn(2, { level: 0.05, photons, grain: 0 }).forEach((noise, band) => {
        const expected = 4 * (0.025 ** 2 + (photons * 2) / electronsPerNanomaggy[band]);
        // A variance of 40,000 pixels errs by 0.7 %.
        expect(Math.abs(covariance(noise, 0) / expected - 1)).toBeLessThan(0.035);
      });
    }
  });

  it('takes light below zero for none', () => {
    const [noise] = noiseOn(-1, { level: 0.025, photons: 20, grain: 0 });
    expect(Math.abs(covariance(noise, 0) / 0.025 ** 2 - 1)).toBeLessThan(0.035);
  });

  it('leaves the image that it is given alone', () => {
    const image: SkyImage = sky({ width: 8, height: 8, noise: 0, level: 1 });
    withRecordedNoise(image, { level: 0.03, photons: 1, grain: 1 }, new RandomStream(1));
    expect(new Set(image.data)).toEqual(new Set([1]));
  });
});
