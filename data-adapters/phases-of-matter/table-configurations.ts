// Rows of numbers (CSV or plain text) to configurations. Four layouts: one lattice as L rows of L spins; a row of L*L
// spins for each configuration, with or without its temperature in a further column; one configuration in one column
// as L, T and L*L spins (the files of emauri/ising-model-nn), or as L*L spins alone.
import { UserError } from '../../core/errors.ts';
import type { NumberRows } from '../formats/number-rows.ts';
import { type Configurations, latticeSize, type ShapeHints, squareRoot } from './configurations.ts';
import { SpinDecoder } from './spins.ts';
import { isTemperatureName } from './temperature-names.ts';

const isSpin = (value: number): boolean => value === 1 || value === 0 || value === -1;

/** A table in which the first or the last column, or neither, may be the temperature. */
class OpenTable {
  readonly first: number[] = [];
  readonly last: number[] = [];
  readonly lines: number[] = [];
  private readonly inner: SpinDecoder;

  constructor(
    private readonly columns: number,
    private readonly where: string,
  ) {
    this.inner = new SpinDecoder(where);
  }

  push({ rows, columns, values, lines }: NumberRows): void {
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      this.first.push(values[start]);
      this.last.push(values[start + columns - 1]);
      this.lines.push(lines[row]);
      this.inner.push(values, start + 1, start + columns - 1, at(lines[row], start));
    }
  }

  /** Which column is the temperature. @throws UserError when it cannot be told */
  private temperatureColumn(): 'first' | 'last' | 'none' {
    const first = this.first.findIndex((value) => !isSpin(value));
    const last = this.last.findIndex((value) => !isSpin(value));
    if (first < 0 && last < 0 && this.lines.length === this.columns) return 'none';
    if (first < 0 && last < 0) {
      throw new UserError({
        what: `has ${this.columns} columns, but neither the first nor the last can be told to be the temperature`,
        where: this.where,
        how: 'add a header that names the column T',
      });
    }
    if (first >= 0 && last >= 0) {
      throw new UserError({
        what: `line ${this.lines[last]}, column ${this.columns} is ${this.last[last]} and line ${this.lines[first]}, column 1 is ${this.first[first]}; only one of these columns can be the temperature`,
        where: this.where,
        how: 'give L*L spins and one temperature a row',
      });
    }
    const edge = first >= 0 ? this.first : this.last;
    // A square of spins one of which is wrong: no column of temperatures holds 0 or -1 beside it.
    if (this.lines.length === this.columns && edge.some((value) => isSpin(value) && value <= 0))
      return 'none';
    return first >= 0 ? 'first' : 'last';
  }

  finish(hints: ShapeHints): Configurations {
    const temperature = this.temperatureColumn();
    const rows = this.lines.length;
    const edges = [this.first, this.last].filter((_, i) => temperature !== (['first', 'last'] as const)[i]);
    const columnOf = (edge: readonly number[]) => (edge === this.first ? 1 : this.columns);
    for (const edge of edges) {
      this.inner.push(edge, 0, rows, (i) => `line ${this.lines[i]}, column ${columnOf(edge)}`);
    }
    const decoded = this.inner.finish();
    const inside = this.columns - 2;
    const width = inside + edges.length;
    const spins = new Int8Array(rows * width);
    for (let row = 0; row < rows; row++) {
      const start = row * width;
      spins.set(
        decoded.subarray(row * inside, (row + 1) * inside),
        start + (temperature === 'first' ? 0 : 1),
      );
      edges.forEach((edge, e) => {
        spins[start + (edge === this.first ? 0 : width - 1)] = decoded[rows * (inside + e) + row];
      });
    }
    const { where } = this;
    if (temperature === 'none') return { where, size: latticeSize(rows, width, hints, where), spins };
    const temperatures = Float64Array.from(temperature === 'first' ? this.first : this.last);
    return { where, size: sizeOfRows(width, hints, where), spins, temperatures };
  }
}

const at = (line: number, start: number) => (index: number) => `line ${line}, column ${index - start + 1}`;

function sizeOfRows(width: number, hints: ShapeHints, where: string): number {
  return latticeSize(1, width, hints, where);
}

/** A file of one column: L, T and L*L spins, or L*L spins. */
function oneColumn(values: readonly number[], lines: readonly number[], where: string): Configurations {
  const headed = Number.isInteger(values[0]) && values[0] >= 2;
  const size = headed ? values[0] : squareRoot(values.length);
  const expected = headed ? size! * size! + 2 : undefined;
  if (expected !== undefined && values.length !== expected) {
    throw new UserError({
      what: `line ${lines[0]} says L = ${size}, which makes ${expected} lines with T and the spins; there are ${values.length}`,
      where,
      how: 'write L, T and L*L spins, a line each; the file may be cut off',
    });
  }
  const start = headed ? 2 : 0;
  const decoder = new SpinDecoder(where, values.length - start);
  decoder.push(values, start, values.length, (i) => `line ${lines[i]}`);
  const spins = decoder.finish();
  if (size === undefined || size < 2) {
    throw new UserError({
      what: `has one column of ${values.length} spins, which is no square lattice`,
      where,
      how: 'write L, T and L*L spins, a line each, or L rows of L spins',
    });
  }
  return { where, size, spins, temperatures: headed ? Float64Array.of(values[1]) : undefined };
}

/** A table whose temperature column is known, or that has none. */
async function knownColumns(
  blocks: AsyncIterable<NumberRows>,
  temperature: number | undefined,
  hints: ShapeHints,
  where: string,
): Promise<Configurations> {
  const decoder = new SpinDecoder(where);
  const temperatures: number[] = [];
  let rows = 0;
  let width = 0;
  for await (const { columns, values, lines } of blocks) {
    width = temperature === undefined ? columns : columns - 1;
    lines.forEach((line, row) => {
      const start = row * columns;
      const split = start + (temperature ?? columns);
      decoder.push(values, start, split, at(line, start));
      if (temperature === undefined) return;
      temperatures.push(values[split]);
      decoder.push(values, split + 1, start + columns, at(line, start));
    });
    rows += lines.length;
  }
  const spins = decoder.finish();
  if (temperature === undefined) return { where, size: latticeSize(rows, width, hints, where), spins };
  return {
    where,
    size: sizeOfRows(width, hints, where),
    spins,
    temperatures: Float64Array.from(temperatures),
  };
}

async function* prepend<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/**
 * The configurations of a table.
 *
 * @param where how errors call the file
 * @throws UserError for values that are no spins (with line and column), columns that make no square lattice, and when
 *   the temperature's column cannot be told
 */
export async function tableToConfigurations(
  table: AsyncGenerator<NumberRows>,
  hints: ShapeHints,
  where: string,
): Promise<Configurations> {
  try {
    const first = await table.next();
    if (first.done)
      throw new RangeError('tableToConfigurations: expected a reader that refuses a table without rows');
    const { columns, header } = first.value;
    const blocks = prepend(first.value, table);
    const named = header?.flatMap((name, i) => (isTemperatureName(name) ? [i] : [])) ?? [];
    if (named.length > 1) {
      throw new UserError({
        what: `columns ${named.map((i) => i + 1).join(' and ')} are both called temperature`,
        where,
        how: 'keep one',
      });
    }
    if (named.length === 1) return await knownColumns(blocks, named[0], hints, where);
    if (columns === 1) {
      const values: number[] = [];
      const lines: number[] = [];
      for await (const block of blocks) {
        for (let row = 0; row < block.rows; row++) {
          values.push(block.values[row]);
          lines.push(block.lines[row]);
        }
      }
      return oneColumn(values, lines, where);
    }
    if (squareRoot(columns) !== undefined || squareRoot(columns - 1) === undefined || columns < 5) {
      return await knownColumns(blocks, undefined, hints, where);
    }
    const open = new OpenTable(columns, where);
    for await (const block of blocks) open.push(block);
    return open.finish(hints);
  } finally {
    await table.return(undefined);
  }
}
