// The inverse of HCOMPRESS's H-transform, a Haar transform in integers. White 1992; FITS standard 4.0, section 10.4.4.
// The low bits that the transform drops are found again from those of the differences, so that it is exact.
import { smoothLevel } from './h-smooth.ts';

/** Even elements from the first half, odd ones from the second, of `count` elements `stride` apart. */
function interleave(
  a: Float64Array,
  start: number,
  count: number,
  stride: number,
  spare: Float64Array,
): void {
  const half = (count + 1) >> 1;
  for (let i = half; i < count; i++) spare[i - half] = a[start + i * stride];
  for (let i = half - 1; i > 0; i--) a[start + 2 * i * stride] = a[start + i * stride];
  for (let i = 1; i < count; i += 2) a[start + i * stride] = spare[(i - 1) >> 1];
}

/** Rounds to a multiple of `unit`, halves away from zero; `less` as the last level wants it for negative numbers. */
const round = (value: number, unit: number, less: number): number =>
  Math.floor((value + (value >= 0 ? Math.floor(unit / 2) : less)) / unit) * unit;

/** Whether the bit of value `unit` is set, in two's complement, of a multiple of `unit`. */
const bitOf = (value: number, unit: number): number => {
  const n = value / unit;
  return n - 2 * Math.floor(n / 2);
};

/**
 * Coefficients to pixels, in place.
 *
 * @param scale of the quantised coefficients, for smoothing; 0 for none
 */
export function inverseHTransform(a: Float64Array, rows: number, columns: number, scale: number): void {
  const levels = Math.ceil(Math.log2(Math.max(rows, columns)));
  if (levels === 0) return;
  const spare = new Float64Array((Math.max(rows, columns) + 1) >> 1);
  const top = 2 ** (levels + 1);
  a[0] = round(a[0], top, top / 2 - 1);
  for (let k = levels - 1; k >= 0; k--) {
    const size = 2 ** k;
    const height = Math.ceil(rows / size);
    const width = Math.ceil(columns / size);
    for (let i = 0; i < height; i++) interleave(a, columns * i, width, 1, spare);
    for (let j = 0; j < width; j++) interleave(a, j, height, columns, spare);
    if (scale > 1) smoothLevel(a, height, width, columns, scale);
    unite(a, height, width, columns, size, k === 0);
  }
}

/** Sums and differences of 2 x 2 pixels to the pixels. */
function unite(
  a: Float64Array,
  height: number,
  width: number,
  stride: number,
  unit: number,
  last: boolean,
): void {
  const [unit1, divisor] = [unit * 2, last ? 4 : 2];
  const less1 = unit1 / 2 - 1;
  const less0 = last ? 0 : unit / 2 - 1;
  for (let i = 0; i < height; i += 2) {
    const below = i + 1 < height;
    for (let j = 0; j < width; j += 2) {
      const at = i * stride + j;
      const right = j + 1 < width;
      const down = at + stride;
      let h0 = a[at];
      if (right && below) {
        let hx = round(a[down], unit1, less1);
        let hy = round(a[at + 1], unit1, less1);
        const hc = round(a[down + 1], unit, less0);
        const low0 = bitOf(hc, unit) * unit;
        hx += hx >= 0 ? -low0 : low0;
        hy += hy >= 0 ? -low0 : low0;
        const parity = (half(hc, unit1) + half(hx, unit1) + half(hy, unit1)) & 1;
        const low1 = parity * unit1;
        h0 += h0 >= 0 ? low0 - low1 : low0 === 0 ? low1 : low0 - low1;
        a[down + 1] = Math.floor((h0 + hx + hy + hc) / divisor);
        a[down] = Math.floor((h0 + hx - hy - hc) / divisor);
        a[at + 1] = Math.floor((h0 - hx + hy - hc) / divisor);
        a[at] = Math.floor((h0 - hx - hy + hc) / divisor);
      } else if (right || below) {
        const other = right ? at + 1 : down;
        const h = round(a[other], unit1, less1);
        const low1 = bitOf(h, unit1) * unit1;
        h0 += h0 >= 0 ? -low1 : low1;
        a[other] = Math.floor((h0 + h) / divisor);
        a[at] = Math.floor((h0 - h) / divisor);
      } else a[at] = Math.floor(h0 / divisor);
    }
  }
}

/** The bit of value `unit` of any whole number, in two's complement. */
const half = (value: number, unit: number): number => {
  const n = Math.floor(value / unit);
  return n - 2 * Math.floor(n / 2);
};
