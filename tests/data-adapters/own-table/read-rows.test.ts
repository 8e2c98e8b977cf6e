import { describe, expect, it } from 'vitest';
import { readRows } from '../../../data-adapters/own-table/read-rows.ts';
import { sampleTable } from '../../../data-adapters/own-table/sample-table.ts';
import type { TableSchema } from '../../../data-adapters/own-table/schema.ts';
import { openCells, withoutWords } from '../../../data-adapters/tables/cell-table.ts';
import { fileOf } from './own-table.ts';

const schema: TableSchema = {
  target: 'y',
  task: 'classification',
  classes: ['no', 'yes'],
  group: '',
  columns: [
    { name: 'word', kind: 'category', categories: ['a', 'b'] },
    { name: 'left', kind: 'ignore' },
    { name: 'day', kind: 'date' },
    { name: 'x', kind: 'number' },
  ],
};

const text = `x,word,left,day,y
1.5,b,q,1970-01-03,yes
,zz,q,later,no
unknown,a,q,,
3,a,q,1970-01-02,maybe
7,8
1.5,b,q,1970-01-03,no
`;

describe('readRows', () => {
  it('gives codes, days and numbers in the order of the schema, and counts what it leaves out', async () => {
    const { features, target, counts, group } = await readRows(await openCells(fileOf(text)), schema);
    // Words by their place, 2 for one that is none of them; a word among numbers or dates is missing.
    expect([...features]).toEqual([1, 2, 1.5, 2, Number.NaN, Number.NaN, 1, 2, 1.5]);
    expect([...target]).toEqual([1, 0, 0]);
    expect(counts).toEqual({ read: 5, uneven: 1, withoutTarget: 1, otherClasses: 1 });
    // The first and the last row look alike, and stay together.
    expect([...group]).toEqual([0, 1, 0]);
  });

  it('reads on past the room that it began with', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `${i},a,q,1970-01-02,${i % 2 ? 'yes' : 'no'}`);
    const { features, target } = await readRows(
      await openCells(fileOf(`x,word,left,day,y\n${rows.join('\n')}\n`)),
      schema,
    );
    expect([features.length, features[3 * 2999 + 2], target[2999], target[2998]]).toEqual([9000, 2999, 1, 0]);
  });

  it('says which column is missing, and that no row is left', async () => {
    const table = await openCells(fileOf(text.replace('word', 'wrod')));
    await expect(readRows(table, schema)).rejects.toThrow(
      'no column word; did you mean wrod? rename it in the file',
    );
    const none = await openCells(fileOf('x,word,left,day,y\n1,a,q,1970-01-01,\n2,a,q,1970-01-01,huh\n'));
    await expect(readRows(none, schema)).rejects.toThrow(
      'no row is left of 2; 1 have no y, 1 are of other classes than no, yes',
    );
  });
});

describe('sampleTable', () => {
  it('keeps every 2^k-th row of a long table', async () => {
    const table = await openCells(
      fileOf(`n,m\n${Array.from({ length: 100 }, (_, i) => `${i},1`).join('\n')}\n`),
    );
    const { rows, every, cells } = await sampleTable(table, { limit: 20 });
    expect([rows, every]).toEqual([100, 8]);
    expect(cells.map(([n]) => Number(n))).toEqual(Array.from({ length: 13 }, (_, i) => 8 * i));
  });

  it('counts rows of another length, and takes words away', async () => {
    const table = withoutWords(await openCells(fileOf('a,b\n1,-999\n1,2,3\n-999,4\n')), ['-999']);
    expect(await sampleTable(table)).toMatchObject({
      rows: 2,
      uneven: 1,
      firstUneven: { row: 2, cells: 3 },
      cells: [
        ['1', ''],
        ['', '4'],
      ],
    });
  });
});
