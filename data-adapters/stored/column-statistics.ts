// Mean, deviation and extent of each number of a row, and of its logarithm, over any number of rows in one pass.

export interface ElementStatistics {
  readonly mean: number;
  /** Standard deviation with n in the denominator, as numpy's. */
  readonly deviation: number;
  readonly least: number;
  readonly greatest: number;
  /** Mean and deviation of the natural logarithm, where every value is above 0. */
  readonly logarithm?: { readonly mean: number; readonly deviation: number };
  /** Rows in which it was not a number: a missing value. */
  readonly missing: number;
}

/** Sums of one quantity about its first value, so that a large mean does not cancel a small deviation away. */
class Moments {
  private count = 0;
  private first = 0;
  private sum = 0;
  private squares = 0;

  add(value: number): void {
    if (this.count === 0) this.first = value;
    const difference = value - this.first;
    this.count += 1;
    this.sum += difference;
    this.squares += difference * difference;
  }

  result(): { mean: number; deviation: number } {
    if (this.count === 0) return { mean: 0, deviation: 0 };
    const mean = this.sum / this.count;
    const variance = Math.max(0, this.squares / this.count - mean * mean);
    return { mean: this.first + mean, deviation: Math.sqrt(variance) };
  }
}

/** One number of a row. */
class Element {
  private readonly plain = new Moments();
  private readonly logarithms = new Moments();
  private least = Number.POSITIVE_INFINITY;
  private greatest = Number.NEGATIVE_INFINITY;
  private missing = 0;

  add(value: number): void {
    if (Number.isNaN(value)) {
      this.missing += 1;
      return;
    }
    if (value < this.least) this.least = value;
    if (value > this.greatest) this.greatest = value;
    this.plain.add(value);
    if (this.least > 0) this.logarithms.add(Math.log(value));
  }

  result(): ElementStatistics {
    const { missing } = this;
    if (this.greatest < this.least) return { mean: 0, deviation: 0, least: 0, greatest: 0, missing };
    return {
      ...this.plain.result(),
      least: this.least,
      greatest: this.greatest,
      ...(this.least > 0 ? { logarithm: this.logarithms.result() } : {}),
      missing,
    };
  }
}

export class ColumnStatistics {
  private readonly elements: Element[];

  /** @param width numbers in a row */
  constructor(width: number) {
    this.elements = Array.from({ length: width }, () => new Element());
  }

  /** @param values rows x width numbers, row-major @throws RangeError for numbers that are not whole rows */
  add(values: ArrayLike<number>): this {
    const { elements } = this;
    if (values.length % elements.length !== 0) {
      throw new RangeError(
        `ColumnStatistics: expected rows of ${elements.length} numbers, got ${values.length} numbers`,
      );
    }
    for (let start = 0; start < values.length; start += elements.length) {
      for (let i = 0; i < elements.length; i++) elements[i].add(values[start + i]);
    }
    return this;
  }

  /** One entry for each number of a row; zeros for one that was never there. */
  finish(): ElementStatistics[] {
    return this.elements.map((element) => element.result());
  }
}
