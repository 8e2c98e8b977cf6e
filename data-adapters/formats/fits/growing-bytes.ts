// Bytes of unknown number, up to a limit, written one by one or in runs.

/** Bytes that were written. */
export class GrowingBytes {
  private bytes: Buffer;
  private length = 0;

  /**
   * @param expected bytes, as far as one can guess
   * @param tooLong what is thrown when more than `limit` bytes are written
   */
  constructor(
    expected: number,
    private readonly limit: number,
    private readonly tooLong: () => Error,
  ) {
    this.bytes = Buffer.allocUnsafe(Math.min(limit, Math.max(64 * 1024, expected)));
  }

  writeByte(byte: number): void {
    if (this.length === this.bytes.length) this.grow();
    this.bytes[this.length++] = byte;
  }

  private grow(): void {
    if (this.length >= this.limit) throw this.tooLong();
    const longer = Buffer.allocUnsafe(Math.min(this.limit, this.bytes.length * 2));
    this.bytes.copy(longer);
    this.bytes = longer;
  }

  get content(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}
