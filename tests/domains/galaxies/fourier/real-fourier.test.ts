import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { RealFourier } from '../../../../domains/galaxies/fourier/real-fourier.ts';

const noise = (length: number): Float64Array => {
  const random = new RandomStream('real-fourier', length);
  return Float64Array.from({ length }, () => random.normal());
};

describe('RealFourier', () => {
  it.each([
    [2, 2],
    [8, 4],
    [4, 16],
  ])('is the defining sum on %i x %i', (width, height) => {
    const plane = noise(width * height);
    const fourier = new RealFourier(width, height);
    const spectrum = fourier.forward(plane);
    for (let kx = 0; kx <= width / 2; kx++) {
      for (let ky = 0; ky < height; ky++) {
        let [re, im] = [0, 0];
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const angle = -2 * Math.PI * ((kx * x) / width + (ky * y) / height);
            re += plane[y * width + x] * Math.cos(angle);
            im += plane[y * width + x] * Math.sin(angle);
          }
        }
        const at = kx * fourier.stride + 2 * ky;
        // Rounding of some hundred terms of order one.
        expect(spectrum[at]).toBeCloseTo(re, 11);
        expect(spectrum[at + 1]).toBeCloseTo(im, 11);
      }
    }
  });

  it.each([
    [2, 2],
    [64, 32],
    [128, 256],
  ])('comes back to the plane on %i x %i', (width, height) => {
    const fourier = new RealFourier(width, height);
    const plane = noise(width * height);
    const back = fourier.inverse(fourier.forward(plane));
    expect(Math.max(...back.map((value, i) => Math.abs(value - plane[i])))).toBeLessThan(1e-12);
    const upper = fourier.inverse(fourier.forward(plane), 2);
    expect(upper).toHaveLength(2 * width);
    expect(upper[width]).toBeCloseTo(plane[width], 11);
  });

  it('refuses sides that are no powers of two', () => {
    expect(() => new RealFourier(12, 8)).toThrow('expected powers of two, got 12 x 8');
    expect(() => new RealFourier(8, 1)).toThrow(/powers of two/);
  });
});
