import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { ColumnStatistics } from '../../../../data-adapters/stored/column-statistics.ts';
import { columnLayer } from '../../../../domains/exotic-particles/networks/column-layer.ts';
import { standardisation } from '../../../../domains/exotic-particles/networks/standardisation.ts';

// Three rows of: one with negative values, one above 1, one within [0, 1].
const rows = [-2, 1, 0, 0, 4, 0.5, 5, 7, 0.25];

describe('standardisation', () => {
  const summary = new ColumnStatistics(3).add(rows).finish();

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
    const constant = new ColumnStatistics(1).add([3, 3]).finish();
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
