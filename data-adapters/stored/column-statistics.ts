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
interface Moments {
  count: number;
  first: number;
  sum: number;
  squares: number;
}

const noMoments = (): Moments => ({ count: 0, first: 0, sum: 0, squares: 0 });

function result({ count, first, sum, squares }: Moments): { mean: number; deviation: number } {
  if (count === 0) return { mean: 0, deviation: 0 };
  const mean = sum / count;
  return { mean: first + mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}

/** One number of a row. */
class Element {
  private readonly plain = noMoments();
  private readonly logarithms = noMoments();
  private least = Number.POSITIVE_INFINITY;
  private greatest = Number.NEGATIVE_INFINITY;
  private missing = 0;

  /** Takes the values at `start`, `start + width`, ...; sums are local, which is what makes it fast. */
  add(values: ArrayLike<number>, start: number, width: number): void {
    const { plain } = this;
    let { count, first, sum, squares } = plain;
    let { least, greatest, missing } = this;
    for (let at = start; at < values.length; at += width) {
      const value = values[at];
      if (Number.isNaN(value)) {
        missing += 1;
        continue;
      }
      if (count === 0) first = value;
      const difference = value - first;
      count += 1;
      sum += difference;
      squares += difference * difference;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    Object.assign(plain, { count, first, sum, squares });
    Object.assign(this, { least, greatest, missing });
    if (least > 0) this.addLogarithms(values, start, width);
  }

  private addLogarithms(values: ArrayLike<number>, start: number, width: number): void {
    let { count, first, sum, squares } = this.logarithms;
    for (let at = start; at < values.length; at += width) {
      const value = values[at];
      if (Number.isNaN(value)) continue;
      const logarithm = Math.log(value);
      if (count === 0) first = logarithm;
      const difference = logarithm - first;
      count += 1;
      sum += difference;
      squares += difference * difference;
    }
    Object.assign(this.logarithms, { count, first, sum, squares });
  }

  result(): ElementStatistics {
    const { missing, plain, least, greatest } = this;
    if (plain.count === 0) return { mean: 0, deviation: 0, least: 0, greatest: 0, missing };
    return {
      ...result(plain),
      least,
      greatest,
      ...(least > 0 ? { logarithm: result(this.logarithms) } : {}),
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
    const width = this.elements.length;
    if (values.length % width !== 0) {
      throw new RangeError(
        `ColumnStatistics: expected rows of ${width} numbers, got ${values.length} numbers`,
      );
    }
    this.elements.forEach((element, i) => {
      element.add(values, i, width);
    });
    return this;
  }

  /** One entry for each number of a row; zeros for one that was never there. */
  finish(): ElementStatistics[] {
    return this.elements.map((element) => element.result());
  }
}
