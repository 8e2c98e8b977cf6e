// A rectangle of an image at another size. Downwards every new pixel is the mean of the area it covers, so that thin strokes turn
// grey instead of vanishing; upwards it is interpolated linearly. Rows first, then columns: the two are independent.

interface Taps {
  readonly from: Int32Array;
  readonly weights: readonly Float32Array[];
}

/** Source pixels and weights of each new pixel along one axis; `start` and `length` in source pixels. */
function axisTaps(start: number, length: number, size: number, target: number): Taps {
  const step = length / target;
  const from = new Int32Array(target);
  const weights: Float32Array[] = [];
  for (let i = 0; i < target; i++) {
    // Overlap of each source pixel with the new one, or, upwards, with a pixel of the source's width about its middle.
    const middle = start + (i + 0.5) * step;
    const half = Math.max(step, 1) / 2;
    const [low, high] = [middle - half, middle + half];
    const first = Math.floor(low + 1e-9);
    const last = Math.ceil(high - 1e-9) - 1;
    from[i] = Math.min(size - 1, Math.max(0, first));
    const end = Math.min(size - 1, Math.max(0, last));
    const taps = new Float32Array(end - from[i] + 1);
    // What lies beyond the edge counts for the pixel at the edge.
    for (let p = first; p <= last; p++) {
      const overlap = Math.min(high, p + 1) - Math.max(low, p);
      taps[Math.min(end, Math.max(from[i], p)) - from[i]] += overlap / (2 * half);
    }
    weights.push(taps);
  }
  return { from, weights };
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The pixels in `box` at `width` x `height`.
 *
 * @param pixels row by row, `size.width` x `size.height`
 * @param box in pixels from the upper left corner of the image; may be fractional
 */
export function resample(
  pixels: Float32Array,
  size: { readonly width: number; readonly height: number },
  box: Box,
  width: number,
  height: number,
): Float32Array {
  const across = axisTaps(box.x, box.width, size.width, width);
  const down = axisTaps(box.y, box.height, size.height, height);
  const narrow = new Float32Array(size.height * width);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < width; x++) {
      const taps = across.weights[x];
      let sum = 0;
      for (let k = 0; k < taps.length; k++) sum += taps[k] * pixels[y * size.width + across.from[x] + k];
      narrow[y * width + x] = sum;
    }
  }
  const result = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const taps = down.weights[y];
    for (let k = 0; k < taps.length; k++) {
      const row = (down.from[y] + k) * width;
      for (let x = 0; x < width; x++) result[y * width + x] += taps[k] * narrow[row + x];
    }
  }
  return result;
}
