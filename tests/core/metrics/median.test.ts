import fc from 'fast-check';
import { expect, it } from 'vitest';
import { median } from '../../../core/metrics/median.ts';

it('is the middle one, or the mean of the middle two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median(Float32Array.of(4, 1, 3, 2))).toBe(2.5);
  expect(median([7])).toBe(7);
  expect(median([])).toBeNaN();
  expect(median([Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY])).toBe(0);
});

it('has as many values above as below, and leaves its sample as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      const before = values.slice();
      const middle = median(values);
      expect(values).toEqual(before);
      expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
      expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
    }),
  );
});
