// Packs bytes as Unix compress does (.Z), for tests of what unpacks them.

/** Codes of up to `widest` bits; when they are used up, the table stays as it is, or is cleared. */
export function packLzw(bytes: Uint8Array, widest: number, clears: boolean): Uint8Array {
  const bits: number[] = [];
  let table = new Map<number, number>();
  let free = clears ? 257 : 256;
  let width = 9;
  let group = 0;
  const endGroup = (next: number): void => {
    while ((bits.length - group) % (width * 8) !== 0) bits.push(0);
    group = bits.length;
    width = next;
  };
  const write = (code: number): void => {
    for (let bit = 0; bit < width; bit++) bits.push((code >> bit) & 1);
    if (free > (1 << width) - 1 && width < widest) endGroup(width + 1);
  };
  let code = bytes[0];
  for (const byte of bytes.subarray(1)) {
    const longer = table.get(code * 256 + byte);
    if (longer !== undefined) {
      code = longer;
      continue;
    }
    write(code);
    if (free < 1 << widest) table.set(code * 256 + byte, free++);
    else if (clears) {
      for (let bit = 0; bit < width; bit++) bits.push((256 >> bit) & 1);
      endGroup(9);
      table = new Map();
      free = 257;
    }
    code = byte;
  }
  if (bytes.length > 0) write(code);
  const packed = new Uint8Array(3 + Math.ceil(bits.length / 8));
  packed.set([0x1f, 0x9d, widest | (clears ? 0x80 : 0)]);
  for (const [i, bit] of bits.entries()) packed[3 + (i >> 3)] |= bit << (i & 7);
  return packed;
}
