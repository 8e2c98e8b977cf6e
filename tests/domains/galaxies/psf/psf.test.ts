import { describe, expect, it } from 'vitest';
import { gaussianPsf, moffatPsf, type Psf, psfFrom } from '../../../../domains/galaxies/psf/psf.ts';
import {
  paperSigma,
  sampledGaussian,
  sampledGaussianPsf,
  smooth,
} from '../../../../domains/galaxies/psf/sampled-gaussian.ts';

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Mean of x^2 about the star, pixels squared. */
const variance = ({ width, data }: Psf): number =>
  data.reduce((total, value, i) => total + value * ((i % width) - Math.floor(width / 2)) ** 2, 0) / sum(data);

describe('gaussianPsf', () => {
  it.each([0.8, 1.4, 2.5])('of %f arcsec is normalised, and as wide as a Gaussian and a pixel', (fwhm) => {
    const psf = gaussianPsf(fwhm);
    expect(sum(psf.data)).toBeCloseTo(1, 12);
    const sigma = fwhm / 2.3548200450309493 / 0.396;
    // Variances add: sigma^2 and 1/12 of the pixel; the tails beyond the PSF's pixels are lost.
    expect(variance(psf) / (sigma ** 2 + 1 / 12)).toBeCloseTo(1, 2);
  });

  it('narrower than a pixel has what falls on the central one there', () => {
    const { width, data } = gaussianPsf(0.2);
    // P(|Z| <= 0.5 x 0.396 x 2.35482 / 0.2 = 2.33127) = 0.98026 (A&S table 26.1), squared.
    expect(data[Math.floor(width / 2) * (width + 1)]).toBeCloseTo(0.98026 ** 2, 3);
  });

  it('is the Gaussian integrated over the pixel at its centre', () => {
    // erf(1/(2 sqrt 2))^2 = 0.382924922548026^2 for sigma = 1 pixel (Abramowitz and Stegun 26.2).
    const psf = gaussianPsf(2.3548200450309493, 1);
    // All of it but 2e-4 lies on the pixels.
    expect(psf.data[Math.floor(psf.data.length / 2)]).toBeCloseTo(0.382924922548026 ** 2, 3.5);
  });
});

describe('moffatPsf', () => {
  it.each([
    [1.2, 4.765],
    [1.5, 3],
    [0.5, 2.5],
  ])(
    "of %f arcsec, beta %f: half its peak at half its width, and Trujillo et al.'s encircled flux",
    (fwhm, beta) => {
      const psf = moffatPsf(fwhm, beta, 0.05);
      const half = Math.floor(psf.width / 2);
      const centre = psf.data[half * psf.width + half];
      const at = Math.round(fwhm / 2 / 0.05);
      // On pixels of 0.05 arcsec the integral over a pixel is nearly the value at its centre.
      expect(psf.data[half * psf.width + half + at] / centre).toBeCloseTo(0.5, 2);
    },
  );

  it('has the share of flux within a radius that Trujillo et al. (2001, eq. 4) give', () => {
    const [fwhm, beta, scale] = [1.4, 4.765, 0.1];
    const psf = moffatPsf(fwhm, beta, scale);
    const half = Math.floor(psf.width / 2);
    const a = fwhm / (2 * Math.sqrt(2 ** (1 / beta) - 1));
    for (const radius of [0.5, 1, 2]) {
      const within = psf.data.reduce((total, value, i) => {
        const r = Math.hypot((i % psf.width) - half, Math.floor(i / psf.width) - half) * scale;
        return r <= radius ? total + value : total;
      }, 0);
      // The edge of a disc of 5 to 20 pixels is ragged by some thousandths of its area.
      expect(within).toBeCloseTo(1 - (1 + (radius / a) ** 2) ** (1 - beta), 1.7);
    }
  });

  it('refuses what is no PSF', () => {
    expect(() => moffatPsf(0)).toThrow(/positive/);
    expect(() => moffatPsf(1.4, 1)).toThrow(/positive/);
    expect(() => gaussianPsf(Number.NaN)).toThrow(/positive/);
    expect(() => psfFrom(2, 2, [1, 2, 3])).toThrow(/2 x 2 finite pixels/);
    expect(() => psfFrom(1, 2, [1, -1])).toThrow(/positive sum/);
    expect(() => psfFrom(1, 2, [1, Number.NaN])).toThrow(/finite/);
  });
});

describe('sampledGaussian', () => {
  it("is MATLAB's: 2 ceil(2 sigma) + 1 weights", () => {
    // sigma of 1.4 and 2.5 arcsec: 1.5012 and 2.6808 pixels.
    expect(sampledGaussian(paperSigma(1.4, 0.396))).toHaveLength(9);
    expect(sampledGaussian(paperSigma(2.5, 0.396))).toHaveLength(13);
    // fspecial('gaussian', [1 5], 1) = 0.0545 0.2442 0.4026 0.2442 0.0545 (MATLAB's documentation).
    [0.0545, 0.2442, 0.4026, 0.2442, 0.0545].forEach((weight, i) => {
      expect(sampledGaussian(1)[i]).toBeCloseTo(weight, 4);
    });
    expect([...sampledGaussian(0)]).toEqual([1]);
    expect(() => sampledGaussian(-1)).toThrow(/width >= 0/);
  });

  it('smooths a star into its own shape, and leaves a constant to its edges', () => {
    const psf = sampledGaussianPsf(1.3);
    const star = new Float32Array(19 * 15);
    star[7 * 19 + 9] = 2;
    const smoothed = smooth(star, 19, 15, 1.3);
    expect(smoothed[7 * 19 + 9]).toBeCloseTo(2 * psf.data[Math.floor(psf.data.length / 2)], 6);
    expect(smoothed[6 * 19 + 11]).toBeCloseTo(2 * psf.data[2 * psf.width + 5], 6);
    for (const value of smooth(new Float32Array(20).fill(3), 5, 4, 2)) expect(value).toBeCloseTo(3, 6);
  });
});
