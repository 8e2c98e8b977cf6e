// What Unix compress packed (.Z), in which older archives keep their FITS files: Welch's variant of Lempel and Ziv's codes
// (Computer 17 (6), 8 (1984)), 9 to 16 bits each, the least significant one first. Where the width of the codes changes,
// the rest of a group of eight is skipped.
import type { GrowingBytes } from './growing-bytes.ts';

const clear = 256;

/** Writes the content to `out`. @throws Error when it is no such data or damaged */
export function unpackLzw(packed: Uint8Array, out: GrowingBytes): void {
  const widest = packed[2] & 0x1f;
  const canClear = (packed[2] & 0x80) !== 0;
  if (packed.length < 3 || widest < 9 || widest > 16) throw new Error('its codes have no known width');
  const prefixes = new Uint16Array(1 << widest);
  const suffixes = new Uint8Array(1 << widest);
  const pending = new Uint8Array(1 << widest);
  const first = canClear ? 257 : 256;
  let free = first;
  let width = 9;
  let previous = -1;
  let lastByte = 0;
  let groups = 24;
  let at = groups;
  const startWidth = (bits: number): void => {
    at = groups + Math.ceil((at - groups) / (width * 8)) * width * 8;
    groups = at;
    width = bits;
  };
  const end = packed.length * 8;
  for (;;) {
    if (free > (1 << width) - 1 && width < widest) startWidth(width + 1);
    if (at + width > end) return;
    const byte = at >> 3;
    const three = packed[byte] | (packed[byte + 1] << 8) | ((packed[byte + 2] ?? 0) << 16);
    const code = (three >> (at & 7)) & ((1 << width) - 1);
    at += width;
    if (code === clear && canClear) {
      startWidth(9);
      free = first;
      previous = -1;
      continue;
    }
    let rest = code;
    let count = 0;
    if (code >= free || (previous < 0 && code > 255)) {
      if (code > free || previous < 0) throw new Error('it has a code of nothing');
      pending[count++] = lastByte;
      rest = previous;
    }
    for (; rest > 255; rest = prefixes[rest]) pending[count++] = suffixes[rest];
    lastByte = rest;
    out.writeByte(rest);
    while (count > 0) out.writeByte(pending[--count]);
    if (previous >= 0 && free < 1 << widest) {
      prefixes[free] = previous;
      suffixes[free] = lastByte;
      free += 1;
    }
    previous = code;
  }
}
