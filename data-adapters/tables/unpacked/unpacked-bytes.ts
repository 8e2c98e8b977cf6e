// Adds up what a file unpacks to, from what it says of itself, and refuses it as soon as that is too much. Nothing is unpacked
// for it; the readers hold a file to what it said.
import { UserError } from '../../../core/errors.ts';

/** A file that is small as it is sent and huge in memory. */
export class UnpacksTooMuch extends UserError {
  /** @param most bytes */
  constructor(where: string, most: number) {
    super({
      what: `unpacks to more than ${Math.round(most / 2 ** 20)} MiB`,
      where,
      how: 'cut it into parts, or let the server have more (--max-unpacked)',
    });
  }
}

/** Bytes that a reader takes for one value at least: an element of an array of JavaScript. */
export const bytesOfValue = 8;

/** Bytes that a reader takes for the name and the place of one column. */
export const bytesOfColumn = 128;

export class UnpackedBytes {
  private total = 0;

  /**
   * @param where how errors call the file
   * @param most bytes that it may unpack to
   * @param signal ends the count
   */
  constructor(
    private readonly where: string,
    private readonly most: number,
    private readonly signal?: AbortSignal,
  ) {}

  /** @throws UnpacksTooMuch when all together are too many, Error for what is no number of bytes */
  add(bytes: number): void {
    this.signal?.throwIfAborted();
    if (!(bytes >= 0)) throw new Error('it states an impossible length');
    this.total += bytes;
    if (this.total > this.most) throw new UnpacksTooMuch(this.where, this.most);
  }
}
