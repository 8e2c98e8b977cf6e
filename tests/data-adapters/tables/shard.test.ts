// Shards: every row in one of them, in its order, whatever the blocks, the places and the rows that could not be read.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellBlock, CellTable } from '../../../data-adapters/tables/cell-table.ts';
import { shardOfCells, shardOfTable } from '../../../data-adapters/tables/shard.ts';
import type { Table, TableBlock } from '../../../data-adapters/tables/table.ts';

/** Blocks of rows, each good or bad, and how long each block is in the file. */
const blocks = fc.array(
  fc.record({ rows: fc.array(fc.boolean(), { maxLength: 9 }), length: fc.integer({ min: 1, max: 50 }) }),
  { maxLength: 6 },
);
const of = fc.integer({ min: 1, max: 7 });

interface Drawn {
  readonly rows: readonly boolean[];
  readonly length: number;
}

function tableOf(all: readonly Drawn[]): Table {
  const size = all.reduce((sum, { length }) => sum + length, 0);
  return {
    name: 'drawn',
    rowNoun: 'row',
    columns: ['x'],
    size,
    unit: 'bytes',
    async *blocks() {
      let [row, done] = [0, 0];
      for (const { rows, length } of all) {
        const numbers = rows.map(() => ++row);
        done += length;
        const good = numbers.filter((_, i) => rows[i]);
        const block: TableBlock = {
          rows: good.length,
          rowNumbers: Uint32Array.from(good),
          columns: { x: Float32Array.from(good) },
          bad: numbers.filter((_, i) => !rows[i]).map((number) => ({ row: number, what: 'bad', text: '' })),
          done,
        };
        yield block;
      }
    },
  };
}

function cellsOf(all: readonly Drawn[]): CellTable {
  const { blocks: read, ...table } = tableOf(all);
  return {
    ...table,
    async *blocks() {
      for await (const { rowNumbers, bad, done } of read({ columns: [] })) {
        const block: CellBlock = {
          rows: Array.from(rowNumbers, (row) => [`${row}`]),
          uneven: bad.map(({ row }) => ({ row, cells: 2 })),
          done,
        };
        yield block;
      }
    },
  };
}

async function gather<T>(read: AsyncIterable<T>, pick: (block: T) => number[]): Promise<number[]> {
  const all: number[] = [];
  for await (const block of read) all.push(...pick(block));
  return all;
}

describe('shards', () => {
  it('of a table of numbers are its rows, good and bad, once each and in order', async () => {
    await fc.assert(
      fc.asyncProperty(blocks, of, async (drawn, count) => {
        const whole = tableOf(drawn);
        const pickers: ((block: TableBlock) => number[])[] = [
          ({ columns }) => [...columns.x],
          ({ rowNumbers }) => [...rowNumbers],
          ({ bad }) => bad.map(({ row }) => row),
        ];
        for (const pick of pickers) {
          const rows = [];
          for (let index = 0; index < count; index++) {
            rows.push(
              ...(await gather(shardOfTable(whole, { index, of: count }).blocks({ columns: ['x'] }), pick)),
            );
          }
          expect(rows).toEqual(await gather(whole.blocks({ columns: ['x'] }), pick));
        }
      }),
    );
  });

  it('of a table of texts likewise', async () => {
    await fc.assert(
      fc.asyncProperty(blocks, of, async (drawn, count) => {
        const whole = cellsOf(drawn);
        const pickers: ((block: CellBlock) => number[])[] = [
          ({ rows }) => rows.map(([cell]) => Number(cell)),
          ({ uneven }) => uneven.map(({ row }) => row),
        ];
        for (const pick of pickers) {
          const rows = [];
          for (let index = 0; index < count; index++) {
            rows.push(...(await gather(shardOfCells(whole, { index, of: count }).blocks(), pick)));
          }
          expect(rows).toEqual(await gather(whole.blocks(), pick));
        }
      }),
    );
  });

  it('are of equal length where rows are', async () => {
    const whole = tableOf([{ rows: new Array(100).fill(true), length: 1000 }]);
    for (let index = 0; index < 4; index++) {
      const rows = await gather(
        shardOfTable(whole, { index, of: 4 }).blocks({ columns: ['x'] }),
        ({ columns }) => [...columns.x],
      );
      expect(rows).toEqual(Array.from({ length: 25 }, (_, i) => 25 * index + i + 1));
    }
  });
});
