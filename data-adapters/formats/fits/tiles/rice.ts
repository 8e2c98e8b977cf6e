// RICE_1: differences of neighbouring pixels, each block of them coded with the number of low bits that suits it.
// Rice, Yeh & Miller 1993; FITS standard 4.0, section 10.4.1.

/** By bytes of a pixel: bits that tell a block's number of low bits, and the number that stands for "not coded". */
const sizes = { 1: [3, 6], 2: [4, 14], 4: [5, 25] } as const;
export type RiceWidth = keyof typeof sizes;

/** Back to a pixel's own number of bits: unsigned for bytes, signed for the others. */
const wrap = (value: number, width: RiceWidth): number =>
  width === 4 ? value | 0 : width === 2 ? (value << 16) >> 16 : value & 0xff;

const cutOff = (): Error => new Error('its pixels are cut off');

/**
 * The pixels of a tile.
 *
 * @param count pixels
 * @param width bytes of a pixel (BYTEPIX)
 * @param block pixels of a block (BLOCKSIZE)
 * @throws Error when the bytes end before the pixels
 */
export function unpackRice(
  packed: Uint8Array,
  count: number,
  width: RiceWidth,
  block: number,
): Int32Array<ArrayBuffer> {
  const out = new Int32Array(count);
  const [selectorBits, uncoded] = sizes[width];
  const pixelBits = width * 8;
  if (packed.length < width) throw new Error('its first pixel is cut off');
  let last = 0;
  for (let i = 0; i < width; i++) last = (last << 8) | packed[i];
  last = wrap(last, width);
  let at = width;
  // What is left of the byte before `at`: so many bits, of that value. Local, since this is the innermost loop.
  let have = 0;
  let bits = 0;
  for (let start = 0; start < count; start += block) {
    const end = Math.min(count, start + block);
    if (have < selectorBits) {
      if (at >= packed.length) throw cutOff();
      bits = (bits << 8) | packed[at++];
      have += 8;
    }
    have -= selectorBits;
    const low = (bits >>> have) - 1;
    bits &= (1 << have) - 1;
    if (low < 0) {
      out.fill(last, start, end);
      continue;
    }
    for (let i = start; i < end; i++) {
      let folded = 0;
      let missing = pixelBits;
      if (low !== uncoded) {
        // The high bits are a number of zeros before a one.
        for (; bits === 0; bits = packed[at++], have = 8) {
          if (at >= packed.length) throw cutOff();
          folded += have;
        }
        const first = 32 - Math.clz32(bits);
        folded += have - first;
        have = first - 1;
        bits &= (1 << have) - 1;
        missing = low;
      }
      for (; missing > have; bits = packed[at++], have = 8) {
        if (at >= packed.length) throw cutOff();
        folded = (folded << have) | bits;
        missing -= have;
      }
      have -= missing;
      folded = (folded << missing) | (bits >>> have);
      bits &= (1 << have) - 1;
      const difference = (folded & 1) === 0 ? folded >>> 1 : ~(folded >>> 1);
      last = wrap(last + difference, width);
      out[i] = last;
    }
  }
  return out;
}
