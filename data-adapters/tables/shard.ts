// One stretch of a table's rows in so many, for processes that share it: the rows whose places in the file fall into an equal part of
// its length. Every row is in one shard, in the order of the file, and no row has to be counted beforehand.
import type { CellTable } from './cell-table.ts';
import type { Shard } from './shard-number.ts';
import type { Table } from './table.ts';

/** Consecutive rows that lie evenly between two places of a file. */
interface Stretch {
  readonly rows: number;
  readonly start: number;
  readonly end: number;
}

/** The rows [from, to) of a stretch that belong to a shard of a file of a length. */
function ownRows({ rows, start, end }: Stretch, length: number, { index, of }: Shard): [number, number] {
  const before = (shard: number): number => {
    if (shard <= 0) return 0;
    if (shard >= of) return rows;
    const place = (shard * length) / of;
    if (place <= start || place >= end) return place <= start ? 0 : rows;
    return Math.ceil((rows * (place - start)) / (end - start));
  };
  return [before(index), before(index + 1)];
}

/** Whether a shard ends before a place. */
const isOver = (place: number, length: number, { index, of }: Shard): boolean =>
  index + 1 < of && place >= ((index + 1) * length) / of;

/** A shard of a table of numbers; rows keep their numbers. */
export const shardOfTable = (table: Table, shard: Shard): Table => ({
  ...table,
  async *blocks(options) {
    let start = 0;
    for await (const block of table.blocks(options)) {
      if (isOver(start, table.size, shard)) return;
      const { rowNumbers, columns, bad, done } = block;
      // All rows of the block in their order, those that could not be read among them.
      const numbers = [...rowNumbers, ...bad.map(({ row }) => row)].sort((a, b) => a - b);
      const [from, to] = ownRows({ rows: numbers.length, start, end: done }, table.size, shard);
      start = done;
      if (from === to) continue;
      const isOwn = (row: number): boolean => row >= numbers[from] && row <= numbers[to - 1];
      const first = rowNumbers.findIndex(isOwn);
      const rows = rowNumbers.filter(isOwn).length;
      const begin = Math.max(0, first);
      yield {
        rows,
        rowNumbers: rowNumbers.slice(begin, begin + rows),
        columns: Object.fromEntries(
          Object.entries(columns).map(([name, values]) => [name, values.slice(begin, begin + rows)]),
        ),
        bad: bad.filter(({ row }) => isOwn(row)),
        done,
      };
    }
  },
});

/** A shard of a table of texts; uneven rows keep their numbers. */
export const shardOfCells = (table: CellTable, shard: Shard): CellTable => ({
  ...table,
  async *blocks(signal) {
    let [start, before] = [0, 0];
    for await (const { rows, uneven, done } of table.blocks(signal)) {
      if (isOver(start, table.size, shard)) return;
      const all = rows.length + uneven.length;
      const [from, to] = ownRows({ rows: all, start, end: done }, table.size, shard);
      // Of the good rows those that stand before a place in the block.
      const good = (place: number): number =>
        place - uneven.filter(({ row }) => row - before <= place).length;
      const own = uneven.filter(({ row }) => row - before > from && row - before <= to);
      const slice = rows.slice(good(from), good(to));
      start = done;
      before += all;
      if (from < to) yield { rows: slice, uneven: own, done };
    }
  },
});
