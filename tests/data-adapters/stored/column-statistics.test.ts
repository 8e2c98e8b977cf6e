import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { ColumnStatistics } from '../../../data-adapters/stored/column-statistics.ts';

// Three rows of: one with negative values, one above 1, one within [0, 1].
const rows = [-2, 1, 0, 0, 4, 0.5, 5, 7, 0.25];

describe('column statistics', () => {
  it('are those of the whole table, whatever the blocks', () => {
    // By hand: means 1, 4, 1/4; deviations sqrt(26/3), sqrt(6), sqrt(1/24).
    const [first, second, third] = new ColumnStatistics(3).add(rows).finish();
    expect(first).toMatchObject({ mean: 1, least: -2, greatest: 5 });
    expect(first.deviation).toBeCloseTo(Math.sqrt(26 / 3), 12);
    expect(second.deviation).toBeCloseTo(Math.sqrt(6), 12);
    expect(second.logarithm!.mean).toBeCloseTo(Math.log(28) / 3, 12);
    expect(third.deviation).toBeCloseTo(Math.sqrt(1 / 24), 12);
    expect(third.logarithm).toBeUndefined();

    const random = new RandomStream('statistics');
    const table = Float64Array.from({ length: 300 }, () => 1e4 + random.normal());
    const whole = new ColumnStatistics(3).add(table).finish();
    const blocks = new ColumnStatistics(3);
    for (const [from, to] of [
      [0, 3],
      [3, 3],
      [3, 90],
      [90, 300],
    ] as const)
      blocks.add(table.subarray(from, to));
    blocks.finish().forEach((column, c) => {
      expect(column.mean).toBeCloseTo(whole[c].mean, 9);
      // Rounding of sums of squares about the mean, not of squares of 1e4.
      expect(column.deviation).toBeCloseTo(whole[c].deviation, 9);
      expect(column.logarithm!.deviation).toBeCloseTo(whole[c].logarithm!.deviation, 12);
    });
  });

  it('refuses parts of rows, counts what is no number, and is 0 for no rows', () => {
    expect(() => new ColumnStatistics(3).add([1, 2])).toThrow('rows of 3 numbers, got 2 numbers');
    const [, second] = new ColumnStatistics(2).add([1, 2, 3, Number.NaN]).finish();
    expect(second).toMatchObject({ mean: 2, deviation: 0, missing: 1 });
    expect(new ColumnStatistics(1).finish()).toEqual([
      { mean: 0, deviation: 0, least: 0, greatest: 0, missing: 0 },
    ]);
  });
});
