import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { exportModel } from '../../../core/engine/export.ts';
import { InferenceModel } from '../../../core/engine/inference.ts';
import { type MixedUnit, mixedColumns, mixedNumbers } from '../../../core/models/mixed-columns.ts';

const units: MixedUnit[] = [
  { of: 'value', column: 0, fill: 3, shift: 1, scale: 2 },
  { of: 'missing', column: 0 },
  { of: 'bin', column: 0, fill: 3, shift: 2, scale: 4 },
  { of: 'code', column: 1, code: 0 },
  { of: 'code', column: 1, code: 2 },
];
// Column 0 a number, column 1 a category; the last row is far out.
const rows = [5, 0, Number.NaN, 2, 2, Number.NaN, 1e6, 7];
// By hand: (5 - 1) / 2 = 2 and (5 - 2) / 4 = .75; a missing number is 3, and 1 and .25; 1e6 is cut to 10 and to 1.
const expected = [2, 0, 0.75, 1, 0, 1, 1, 0.25, 0, 1, 0.5, 0, 0, 0, 0, 10, 0, 1, 0, 0];

describe('mixedColumns', () => {
  it('scales, fills, cuts and codes as worked out by hand', () => {
    const layer = mixedColumns({ columns: 2, units });
    const answer = (layer.apply(tensor2d(rows, [4, 2])) as Tensor).dataSync();
    expect([...answer]).toEqual(expected);
  });

  it('gives in plain numbers what the layer gives', () => {
    expect([...mixedNumbers(rows, 2, units)]).toEqual(expected);
  });

  it('does the same in a model file, for any number of rows', async () => {
    const layer = mixedColumns({ columns: 2, units });
    const bytes = exportModel(({ x }) => ({ y: layer.apply(x) as Tensor }), { x: { shape: [2] } });
    const model = await InferenceModel.open(bytes, 'columns');
    for (const count of [1, 4]) {
      const data = Float32Array.from(rows.slice(0, 2 * count));
      const { y } = await model.run({ x: { dtype: 'float32', shape: [count, 2], data } });
      expect([...y.data]).toEqual(expected.slice(0, units.length * count));
    }
    await model.dispose();
  });

  it('refuses a column that is not there', () => {
    expect(() => mixedColumns({ columns: 1, units })).toThrow('no column 1 of 1');
  });
});
