// Small statistics that the studies share.
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { correlation } from '../../../../domains/phases-of-matter/studies/correlation.ts';
import { evenTemperatures } from '../../../../domains/phases-of-matter/studies/own-lattices.ts';
import {
  overTemperatures,
  temperatureMeans,
} from '../../../../domains/phases-of-matter/studies/temperature-means.ts';

describe('correlation', () => {
  it('is 1, -1 and what is computed by hand', () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 14);
    expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 14);
    // Deviations (-1, 0, 1) and (-1/3, -4/3, 5/3): 2 / sqrt(2 x 14/3).
    expect(correlation([1, 2, 3], [1, 0, 3])).toBeCloseTo(2 / Math.sqrt((2 * 14) / 3), 14);
    expect(correlation([1, 1], [1, 2])).toBeNaN();
  });
});

describe('means by temperature', () => {
  it('have errors that cover the truth', () => {
    const grid = evenTemperatures(1, 3, 5);
    expect(grid).toEqual([1, 1.5, 2, 2.5, 3]);
    let held = 0;
    for (let seed = 0; seed < 100; seed++) {
      const random = new RandomStream(seed, 'values');
      const temperatures = Float64Array.from(grid.flatMap((t) => new Array<number>(200).fill(t)));
      const values = temperatures.map((t) => t + random.normal());
      const means = temperatureMeans(temperatures, values);
      expect(means.map(({ temperature }) => temperature)).toEqual(grid);
      const { low, high } = overTemperatures(means);
      if (low <= 2 && 2 <= high) held++;
    }
    // 95 % nominal; eight blocks a temperature, so a little less. Fewer than 86 of 100 at 94 %: once in a thousand.
    expect(held).toBeGreaterThanOrEqual(86);
  });
});
