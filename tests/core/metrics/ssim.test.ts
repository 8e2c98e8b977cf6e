import { describe, expect, it } from 'vitest';
import { ssim } from '../../../core/metrics/ssim.ts';
import { height, noisy, scikitImage, smooth, width } from '../../fixtures/restoration/images.ts';

describe('ssim', () => {
  it("is scikit-image's structural_similarity with Wang et al.'s Gaussian window", () => {
    expect(ssim(noisy, smooth, width, height)).toBeCloseTo(scikitImage.ssim, 12);
    expect(ssim(noisy, smooth, width, height, 2)).toBeCloseTo(scikitImage.ssimOfRange2, 12);
  });

  it('is 1 for equal planes, and the same whichever comes first', () => {
    expect(ssim(smooth, smooth, width, height)).toBeCloseTo(1, 12);
    expect(ssim(smooth, noisy, width, height)).toBeCloseTo(ssim(noisy, smooth, width, height), 14);
  });

  it('refuses planes smaller than its window, or of another size', () => {
    expect(() => ssim(new Float32Array(100), new Float32Array(100), 10, 10)).toThrow(/11 x 11 at least/);
    expect(() => ssim(smooth, noisy, height, height)).toThrow(RangeError);
  });
});
