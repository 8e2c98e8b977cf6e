import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { columnLayer } from '../../../../domains/exotic-particles/networks/column-layer.ts';
import { ColumnStatistics } from '../../../../domains/exotic-particles/networks/column-statistics.ts';
import { standardisation } from '../../../../domains/exotic-particles/networks/standardisation.ts';

// Three rows of: one with negative values, one above 1, one within [0, 1].
const rows = [-2, 1, 0, 0, 4, 0.5, 5, 7, 0.25];

describe('column statistics', () => {
  it('are those of the whole table, whatever the blocks', () => {
    // By hand: means 1, 4, 1/4; deviations sqrt(26/3), sqrt(6), sqrt(1/24).
    const [first, second, third] = new ColumnStatistics(3).add(rows).summary();
    expect(first).toMatchObject({ mean: 1, least: -2, greatest: 5 });
    expect(first.deviation).toBeCloseTo(Math.sqrt(26 / 3), 12);
    expect(second.deviation).toBeCloseTo(Math.sqrt(6), 12);
    expect(second.logarithm!.mean).toBeCloseTo(Math.log(28) / 3, 12);
    expect(third.deviation).toBeCloseTo(Math.sqrt(1 / 24), 12);
    expect(third.logarithm).toBeUndefined();

    const random = new RandomStream('statistics');
    const table = Float64Array.from({ length: 300 }, () => 1e4 + random.normal());
    const whole = new ColumnStatistics(3).add(table).summary();
    const blocks = new ColumnStatistics(3);
    for (const [from, to] of [
      [0, 3],
      [3, 3],
      [3, 90],
      [90, 300],
    ] as const)
      blocks.add(table.subarray(from, to));
    blocks.summary().forEach((column, c) => {
      expect(column.mean).toBeCloseTo(whole[c].mean, 9);
      // Rounding of sums of squares about the mean, not of squares of 1e4.
      expect(column.deviation).toBeCloseTo(whole[c].deviation, 9);
      expect(column.logarithm!.deviation).toBeCloseTo(whole[c].logarithm!.deviation, 12);
    });
  });

  it('refuses parts of rows, what is no number, and no rows', () => {
    expect(() => new ColumnStatistics(3).add([1, 2])).toThrow('rows of 3 columns, got 2 numbers');
    expect(() => new ColumnStatistics(2).add([1, 2, 3, Number.NaN])).toThrow('column 1 has NaN in row 1');
    expect(() => new ColumnStatistics(2).summary()).toThrow('there are no rows');
  });
});

describe('standardisation', () => {
  const summary = new ColumnStatistics(3).add(rows).summary();

  it("follows the authors' rule", () => {
    const [negative, large, small] = standardisation('authors', summary);
    expect(negative).toEqual({ shift: 1, scale: summary[0].deviation });
    expect(large).toEqual({ shift: 0, scale: 4 });
    expect(small).toEqual({ shift: 0, scale: 1 });
  });

  it('makes z-scores, of logarithms for columns above 0', () => {
    expect(standardisation('z-score', summary)[1]).toEqual({ shift: 4, scale: summary[1].deviation });
    const [negative, above, touching] = standardisation('logarithmic', summary);
    expect(negative).toEqual(standardisation('z-score', summary)[0]);
    expect(above.shift).toBeCloseTo(Math.log(28) / 3, 12);
    expect(above.logarithm!.floor).toBeCloseTo(4 / 20, 6);
    expect(touching.logarithm).toBeUndefined();
  });

  it('leaves a constant column finite', () => {
    const constant = new ColumnStatistics(1).add([3, 3]).summary();
    expect(standardisation('z-score', constant)).toEqual([{ shift: 3, scale: 1 }]);
  });

  it('is applied by the first layer to the columns it takes', () => {
    const scalings = standardisation('authors', summary);
    const x = tensor2d(Float32Array.from(rows), [3, 3]);
    const layer = columnLayer({
      columns: 3,
      ranges: [
        [2, 3],
        [0, 1],
      ],
      scalings: [scalings[2], scalings[0]],
    });
    const sd = Math.sqrt(26 / 3);
    const expected = [0, -3 / sd, 0.5, -1 / sd, 0.25, 4 / sd];
    const values = [...(layer.apply(x) as typeof x).dataSync()];
    // float32.
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 6);
    });
    const [, logarithmic] = standardisation('logarithmic', summary);
    const logs = columnLayer({ columns: 3, ranges: [[1, 2]], scalings: [logarithmic] });
    const [one] = (logs.apply(x) as typeof x).dataSync();
    expect(one).toBeCloseTo((Math.log(1) - logarithmic.shift) / logarithmic.scale, 5);
  });

  it('refuses columns that are not there', () => {
    const scalings = standardisation('authors', summary);
    expect(() => columnLayer({ columns: 3, ranges: [[1, 4]], scalings })).toThrow('no columns 1 to 4 of 3');
    expect(() => columnLayer({ columns: 3, ranges: [[0, 2]], scalings })).toThrow('expected 2 scalings');
  });
});
