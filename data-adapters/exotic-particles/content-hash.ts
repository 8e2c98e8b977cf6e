// A number in [0, 1) from the values of an event: splits by it put copies of an event on one side, whatever order a file is
// in and however often it is read.

/** MurmurHash3 of the bits of `width` values from `start` on (A. Appleby, 2011, public domain), as a share of 2^32. */
export function contentHash(values: Float32Array, start: number, width: number): number {
  const bits = new Int32Array(values.buffer, values.byteOffset + 4 * start, width);
  let h = 0x9747b28c;
  for (let i = 0; i < width; i++) {
    let k = Math.imul(bits[i], 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    h ^= Math.imul(k, 0x1b873593);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  h ^= width * 4;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}
