// Mean, spread and extent of each column of a table, in one pass over blocks of rows, so that eleven million rows need no
// more memory than eleven: by the block-wise update of Chan, Golub and LeVeque (1979).

export interface ColumnSummary {
  readonly mean: number;
  /** Standard deviation with 1 / n, as numpy's. */
  readonly deviation: number;
  readonly least: number;
  readonly greatest: number;
  /** Mean and deviation of the logarithm, where every value is above 0. */
  readonly logarithm?: { readonly mean: number; readonly deviation: number };
}

/** Mean and sum of squared deviations of one quantity. */
class Moments {
  private rows = 0;
  private mean = 0;
  private squares = 0;

  /** @param read the value in a row */
  add(rows: number, read: (row: number) => number): void {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += read(row);
    const mean = sum / rows;
    let squares = 0;
    for (let row = 0; row < rows; row++) squares += (read(row) - mean) ** 2;
    const total = this.rows + rows;
    const apart = mean - this.mean;
    this.squares += squares + (apart ** 2 * this.rows * rows) / total;
    this.mean += (apart * rows) / total;
    this.rows = total;
  }

  result(): { mean: number; deviation: number } {
    return { mean: this.mean, deviation: Math.sqrt(this.squares / this.rows) };
  }
}

export class ColumnStatistics {
  private rows = 0;
  private readonly plain: Moments[];
  private readonly logarithms: Moments[];
  private readonly least: Float64Array;
  private readonly greatest: Float64Array;

  constructor(readonly columns: number) {
    this.plain = Array.from({ length: columns }, () => new Moments());
    this.logarithms = Array.from({ length: columns }, () => new Moments());
    this.least = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
    this.greatest = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
  }

  /**
   * Takes in some rows, row-major.
   *
   * @throws RangeError for numbers that are not whole rows, or one that is not finite
   */
  add(values: ArrayLike<number>): this {
    const { columns } = this;
    const rows = values.length / columns;
    if (!Number.isInteger(rows))
      throw new RangeError(
        `ColumnStatistics: expected rows of ${columns} columns, got ${values.length} numbers`,
      );
    if (rows === 0) return this;
    for (let c = 0; c < columns; c++) {
      const read = (row: number): number => values[row * columns + c];
      for (let row = 0; row < rows; row++) {
        const value = read(row);
        if (!Number.isFinite(value))
          throw new RangeError(
            `ColumnStatistics: column ${c} has ${value} in row ${this.rows + row}, expected a number`,
          );
        if (value < this.least[c]) this.least[c] = value;
        if (value > this.greatest[c]) this.greatest[c] = value;
      }
      this.plain[c].add(rows, read);
      if (this.least[c] > 0) this.logarithms[c].add(rows, (row) => Math.log(read(row)));
    }
    this.rows += rows;
    return this;
  }

  /** One summary for each column. @throws RangeError before the first row */
  summary(): ColumnSummary[] {
    if (this.rows === 0) throw new RangeError('ColumnStatistics: there are no rows');
    return this.plain.map((moments, c) => ({
      ...moments.result(),
      least: this.least[c],
      greatest: this.greatest[c],
      ...(this.least[c] > 0 ? { logarithm: this.logarithms[c].result() } : {}),
    }));
  }
}
