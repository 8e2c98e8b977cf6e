import { describe, expect, it } from 'vitest';
import { meanSquaredError, psnr } from '../../../core/metrics/psnr.ts';
import { noisy, scikitImage, smooth } from '../../fixtures/restoration/images.ts';

describe('psnr', () => {
  it('is 10 log10(peak^2 / mean squared error)', () => {
    expect(meanSquaredError([1, 2], [1, 4])).toBe(2);
    expect(psnr([1, 2], [1, 4], 255)).toBeCloseTo(10 * Math.log10(255 ** 2 / 2), 12);
    expect(psnr([3], [3])).toBe(Number.POSITIVE_INFINITY);
  });

  it("is scikit-image's peak_signal_noise_ratio", () => {
    expect(psnr(noisy, smooth)).toBeCloseTo(scikitImage.psnr, 12);
  });

  it('refuses signals of different lengths, and none', () => {
    expect(() => psnr([1], [1, 2])).toThrow('got 1 and 2');
    expect(() => psnr([], [])).toThrow(RangeError);
  });
});
