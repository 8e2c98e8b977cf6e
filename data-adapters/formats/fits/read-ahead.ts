// Many small reads of neighbouring places as few large ones.
import { type FitsBytes, readBytes } from './fits-bytes.ts';

const aheadBytes = 256 * 1024;

/** Reads from the bytes before `end`. */
export class ReadAhead {
  private held: Buffer = Buffer.alloc(0);
  private heldStart = 0;

  constructor(
    private readonly bytes: FitsBytes,
    private readonly end: number,
  ) {}

  /** `length` bytes from `start` on, which the caller does not change. @throws UserError when they are not in the file */
  async read(start: number, length: number): Promise<Buffer> {
    if (start < this.heldStart || start + length > this.heldStart + this.held.length) {
      const more = Math.max(length, Math.min(aheadBytes, this.end - start));
      this.held = await readBytes(this.bytes, start, more);
      this.heldStart = start;
    }
    return this.held.subarray(start - this.heldStart, start - this.heldStart + length);
  }
}
