// Smoothing of one level of an inverse H-transform (White 1992): a difference that was quantised is moved, within its
// quantum, towards what the neighbouring sums suggest, so that blocks do not show. Only where the sums go up or down
// steadily, so that no new extremum arises.

const clamp = (value: number, low: number, high: number): number => Math.max(Math.min(value, high), low);

/** Divides by 2^n, towards zero. */
const shrink = (value: number, n: number): number => Math.trunc(value / 2 ** n);

/** Slope across `h0` that its neighbours allow, times eight of a difference; undefined at an extremum. */
function slope(before: number, h0: number, after: number): number | undefined {
  const up = Math.max(Math.min(after - h0, h0 - before), 0) * 4;
  const down = Math.min(Math.max(after - h0, h0 - before), 0) * 4;
  return down < up ? clamp(after - before, down, up) : undefined;
}

/** Twist around `h0`, times 64 of a difference of differences; undefined when the neighbours leave none. */
function twist(a: Float64Array, at: number, below: number, stride: number): number | undefined {
  const h0 = a[at];
  const [hmm, hpm] = [a[at - 2 * stride - 2], a[at + 2 * stride - 2]];
  const [hmp, hpp] = [a[at - 2 * stride + 2], a[at + 2 * stride + 2]];
  const [hx, hy] = [a[below] * 2, a[at + 1] * 2];
  const most =
    Math.min(
      Math.min(Math.max(hpp - h0, 0) - hx - hy, Math.max(h0 - hpm, 0) + hx - hy),
      Math.min(Math.max(h0 - hmp, 0) - hx + hy, Math.max(hmm - h0, 0) + hx + hy),
    ) * 16;
  const least =
    Math.max(
      Math.max(Math.min(hpp - h0, 0) - hx - hy, Math.min(h0 - hpm, 0) + hx - hy),
      Math.max(Math.min(h0 - hmp, 0) - hx + hy, Math.min(hmm - h0, 0) + hx + hy),
    ) * 16;
  return least < most ? clamp(hpp + hmm - hmp - hpm, least, most) : undefined;
}

/** In place. `height` x `width` coefficients, interleaved, in rows of `stride`. */
export function smoothLevel(
  a: Float64Array,
  height: number,
  width: number,
  stride: number,
  scale: number,
): void {
  const most = scale >> 1;
  if (most <= 0) return;
  const move = (at: number, wanted: number | undefined, bits: number): void => {
    if (wanted !== undefined) a[at] += clamp(shrink(wanted - a[at] * 2 ** bits, bits), -most, most);
  };
  for (let i = 2; i < height - 2; i += 2) {
    for (let j = 0; j < width; j += 2) {
      const at = i * stride + j;
      move(at + stride, slope(a[at - 2 * stride], a[at], a[at + 2 * stride]), 3);
    }
  }
  for (let i = 0; i < height; i += 2) {
    for (let j = 2; j < width - 2; j += 2) {
      const at = i * stride + j;
      move(at + 1, slope(a[at - 2], a[at], a[at + 2]), 3);
    }
  }
  for (let i = 2; i < height - 2; i += 2) {
    for (let j = 2; j < width - 2; j += 2) {
      const at = i * stride + j;
      move(at + stride + 1, twist(a, at, at + stride, stride), 6);
    }
  }
}
