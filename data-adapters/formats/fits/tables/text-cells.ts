// Strings of tables: up to the first NUL, without blanks at the end. FITS standard 4.0, section 7.3.3.1.

/** One string. */
export function cellText(bytes: Buffer): string {
  const nul = bytes.indexOf(0);
  return bytes.toString('latin1', 0, nul < 0 ? bytes.length : nul).trimEnd();
}

/** Strings of `length` bytes, one after another. */
export const cellTexts = (bytes: Buffer, count: number, length: number): string[] =>
  Array.from({ length: count }, (_, i) => cellText(bytes.subarray(i * length, (i + 1) * length)));
