// Pixels that an image does not have (NaN, BLANK, infinities): filled from their neighbours for the filters and networks, which
// need a number everywhere, and put back afterwards.

/** Marks of the pixels that are no numbers; undefined when all are. */
export function missingPixels(pixels: ArrayLike<number>): Uint8Array | undefined {
  let marks: Uint8Array | undefined;
  for (let i = 0; i < pixels.length; i++) {
    if (Number.isFinite(pixels[i])) continue;
    marks ??= new Uint8Array(pixels.length);
    marks[i] = 1;
  }
  return marks;
}

/**
 * A copy of a plane whose marked pixels are the mean of their neighbours, from the edge of each hole inwards.
 *
 * @throws RangeError when every pixel is marked
 */
export function fillMissing(
  pixels: ArrayLike<number>,
  width: number,
  height: number,
  marks: Uint8Array,
): Float32Array {
  const filled = Float32Array.from(pixels);
  let open: number[] = [];
  const known = new Uint8Array(pixels.length);
  for (let i = 0; i < marks.length; i++) {
    if (marks[i] === 0) known[i] = 1;
    else open.push(i);
  }
  if (open.length === pixels.length) throw new RangeError('fillMissing: expected a pixel that is a number');
  while (open.length > 0) {
    const left: number[] = [];
    const done: [number, number][] = [];
    for (const at of open) {
      const [x, y] = [at % width, Math.floor(at / width)];
      let [sum, count] = [0, 0];
      for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++) {
        for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) {
          const near = j * width + i;
          if (known[near] === 0) continue;
          sum += filled[near];
          count++;
        }
      }
      if (count === 0) left.push(at);
      else done.push([at, sum / count]);
    }
    for (const [at, value] of done) {
      filled[at] = value;
      known[at] = 1;
    }
    open = left;
  }
  return filled;
}
