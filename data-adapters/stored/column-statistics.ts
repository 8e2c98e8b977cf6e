// Mean, deviation, least and greatest of each number of a row, over any number of rows in one pass.

export interface ElementStatistics {
  readonly mean: number;
  /** Standard deviation with n in the denominator. */
  readonly deviation: number;
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * Sums of one block are taken about the first row seen, so that large means do not cancel small deviations away; not a
 * number (a missing value) is left out.
 */
export class ColumnStatistics {
  private readonly shift: Float64Array;
  private readonly count: Float64Array;
  private readonly sum: Float64Array;
  private readonly squares: Float64Array;
  private readonly minimum: Float64Array;
  private readonly maximum: Float64Array;

  /** @param width numbers in a row */
  constructor(private readonly width: number) {
    const fresh = (value = 0): Float64Array => new Float64Array(width).fill(value);
    this.shift = fresh(Number.NaN);
    this.count = fresh();
    this.sum = fresh();
    this.squares = fresh();
    this.minimum = fresh(Number.POSITIVE_INFINITY);
    this.maximum = fresh(Number.NEGATIVE_INFINITY);
  }

  /** @param values rows x width numbers, row-major */
  add(values: ArrayLike<number>): void {
    const { width, shift, count, sum, squares, minimum, maximum } = this;
    for (let start = 0; start < values.length; start += width) {
      for (let i = 0; i < width; i++) {
        const value = values[start + i];
        if (Number.isNaN(value)) continue;
        if (count[i] === 0) shift[i] = value;
        const difference = value - shift[i];
        count[i] += 1;
        sum[i] += difference;
        squares[i] += difference * difference;
        if (value < minimum[i]) minimum[i] = value;
        if (value > maximum[i]) maximum[i] = value;
      }
    }
  }

  /** One entry for each number of a row; zeros for one that was never there. */
  finish(): ElementStatistics[] {
    return Array.from({ length: this.width }, (_, i) => {
      const n = this.count[i];
      if (n === 0) return { mean: 0, deviation: 0, minimum: 0, maximum: 0 };
      const mean = this.sum[i] / n;
      const variance = Math.max(0, this.squares[i] / n - mean * mean);
      return {
        mean: this.shift[i] + mean,
        deviation: Math.sqrt(variance),
        minimum: this.minimum[i],
        maximum: this.maximum[i],
      };
    });
  }
}
