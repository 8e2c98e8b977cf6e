// Numbers to spins. Files write the two states as -1 and 1 or as 0 and 1 (also false and true); which of the two is
// decided for a whole file, and anything else is an error that names the first value that is no spin.
import { UserError } from '../../core/errors.ts';

/** Where a value stands, told only when it is wrong: `line 7, column 3` or `[6, 0, 2]`. */
export type Position = (index: number) => string;

/** Collects the spins of one file, in any number of pieces. */
export class SpinDecoder {
  private spins: Int8Array;
  private length = 0;
  private zero: string | undefined;
  private minus: string | undefined;

  /** @param where how errors call the file; @param expected number of spins, when it is known */
  constructor(
    private readonly where: string,
    expected = 4096,
  ) {
    this.spins = new Int8Array(expected);
  }

  /** Adds the numbers start ... end-1 of `values`. @throws UserError for a value other than -1, 0 and 1 */
  push(values: ArrayLike<number>, start: number, end: number, position: Position): void {
    this.reserve(end - start);
    for (let i = start; i < end; i++) {
      const value = values[i];
      if (value === -1) this.minus ??= position(i);
      else if (value === 0) this.zero ??= position(i);
      else if (value !== 1) {
        throw new UserError({
          what: `the value at ${position(i)} is ${value}, which is no spin`,
          where: this.where,
          how: 'write spins as -1 and 1, or as 0 and 1',
        });
      }
      this.spins[this.length++] = value;
    }
  }

  /** The spins as -1 and +1. @throws UserError when the file holds both 0 and -1 */
  finish(): Int8Array {
    const spins = this.spins.subarray(0, this.length);
    if (this.zero !== undefined && this.minus !== undefined) {
      throw new UserError({
        what: `holds both 0 (at ${this.zero}) and -1 (at ${this.minus})`,
        where: this.where,
        how: 'write spins as -1 and 1, or as 0 and 1',
      });
    }
    if (this.zero !== undefined) {
      for (let i = 0; i < spins.length; i++) if (spins[i] === 0) spins[i] = -1;
    }
    return spins;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.spins.length) return;
    const larger = new Int8Array(Math.max(this.length + more, 2 * this.spins.length));
    larger.set(this.spins.subarray(0, this.length));
    this.spins = larger;
  }
}

/** Spins of an array, positions told as NumPy counts them, from 0. @throws UserError */
export function arrayToSpins(values: ArrayLike<number>, shape: readonly number[], where: string): Int8Array {
  const decoder = new SpinDecoder(where, values.length);
  decoder.push(values, 0, values.length, (index) => {
    const at: number[] = [];
    for (let d = shape.length - 1, rest = index; d >= 0; d--) {
      at.unshift(rest % shape[d]);
      rest = Math.floor(rest / shape[d]);
    }
    return `[${at.join(', ')}]`;
  });
  return decoder.finish();
}
