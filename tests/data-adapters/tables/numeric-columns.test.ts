import { describe, expect, it } from 'vitest';
import { numericColumns, openTable } from '../../../data-adapters/tables/index.ts';
import { scratch } from './table-fixtures.ts';

const file = scratch();
const columnsOf = async (lines: readonly string[]) =>
  numericColumns(await openTable(file('columns.csv', `${lines.join('\n')}\n`)));

describe('numericColumns', () => {
  it('leaves out columns of words', async () => {
    const found = await columnsOf(['x,set,y', '1.5,train,2', '2.5,test,3', '3.5,test,4']);
    expect(found.map(({ name }) => name)).toEqual(['x', 'y']);
  });

  it('keeps a column of numbers with a word among them', async () => {
    const found = await columnsOf(['x', '1.5', '2.5', 'bad', '3.5']);
    expect(found.map(({ name }) => name)).toEqual(['x']);
  });

  it('calls single what float32 keeps: printed in full, or shortest; not whole numbers, which may grow', async () => {
    const found = await columnsOf([
      'full,short,double,whole',
      // float32 of 0.1 in 18 digits; the shortest text of a float32; more digits than a float32 has.
      '1.000000014901161194e-01,0.7408208,0.123456789012,1',
      '1.000000000000000000e+00,1.1074361,0.5,2',
    ]);
    expect(found.map(({ type }) => type)).toEqual(['float32', 'float32', 'float64', 'float64']);
  });
});
