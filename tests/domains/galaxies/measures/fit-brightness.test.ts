import { describe, expect, it } from 'vitest';
import { fitBrightness } from '../../../../domains/galaxies/measures/fit-brightness.ts';

describe('fitBrightness', () => {
  it('is the least-squares factor of a shape and its error', () => {
    // (1 x 3 + 2 x 4) / (1 + 4) = 2.2, with the error 0.5 / sqrt(5).
    const { brightness, error } = fitBrightness([1, 2, 0], [3, 4, 9], 0.5);
    expect(brightness).toBeCloseTo(2.2, 12);
    expect(error).toBeCloseTo(0.5 / Math.sqrt(5), 12);
  });

  it('is 0 where the shape is empty', () => {
    expect(fitBrightness([0, 0], [3, 4], 0.5)).toEqual({ brightness: 0, error: 0 });
  });
});
