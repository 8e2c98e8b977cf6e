// The checksums of FITS files: ones' complement sums of 32-bit words, DATASUM of the data, CHECKSUM as text that makes
// the sum of the whole HDU zero. FITS standard 4.0, section 4.4.2.7 and appendix J (Seaman, Pence & Rots).

/** A sum that pieces are added to; all but the last must be of whole words of 4 bytes. */
export class Checksum {
  private sum = 0;

  /** @param bytes in the file's order */
  add(bytes: Uint8Array): this {
    const whole = bytes.length & ~3;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let start = 0; start < whole; ) {
      // 2^20 words of 32 bits are exact in a float64.
      const end = Math.min(whole, start + 2 ** 22);
      for (; start < end; start += 4) this.sum += view.getUint32(start);
      this.fold();
    }
    for (let i = whole; i < bytes.length; i++) this.sum += bytes[i] * 2 ** (24 - 8 * (i - whole));
    this.fold();
    return this;
  }

  private fold(): void {
    while (this.sum >= 2 ** 32) this.sum = (this.sum % 2 ** 32) + Math.floor(this.sum / 2 ** 32);
  }

  /** 0 ... 2^32 - 1. */
  get value(): number {
    return this.sum;
  }
}

const isAlphanumeric = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

/** The complement of a sum as 16 letters and digits, to be written over sixteen zeros in the CHECKSUM card. */
export function encodeChecksum(sum: number): string {
  const complement = (2 ** 32 - 1 - sum) >>> 0;
  const codes = new Array<number>(16);
  for (let i = 0; i < 4; i++) {
    const byte = (complement >>> (24 - 8 * i)) & 0xff;
    const quarter = (byte >> 2) + 0x30;
    const four = [quarter + (byte & 3), quarter, quarter, quarter];
    // One up and one down leaves the sum as it is.
    while (!four.every(isAlphanumeric)) {
      for (const [up, down] of [
        [0, 1],
        [2, 3],
      ]) {
        if (isAlphanumeric(four[up]) && isAlphanumeric(four[down])) continue;
        four[up] += 1;
        four[down] -= 1;
      }
    }
    four.forEach((code, j) => {
      codes[4 * j + i] = code;
    });
  }
  // The value of the card begins one byte before a word.
  return String.fromCharCode(codes[15], ...codes.slice(0, 15));
}
