// Which pixels of an image belong to the galaxy in its middle: those brighter than the sky's noise allows that hang together with its
// centre. Neighbours that touch it count with it.
import { smooth } from '../psf/sampled-gaussian.ts';

export interface GalaxyMaskOptions {
  /** Threshold in standard deviations of the sky, 1.5 by default. */
  readonly threshold?: number;
  /** Gaussian smoothing beforehand, pixels; 0 by default, for images without noise. 1.5 serves for those with. */
  readonly smoothing?: number;
}

/** Pixels from the middle within which the centre, the brightest pixel, is looked for. */
const centreReach = 4;

/**
 * 1 for the galaxy's pixels, 0 for the others; the nine pixels about its centre at least.
 *
 * @param pixels plane of one band, the galaxy within 4 pixels of its middle
 * @param sigma standard deviation of the sky, in the unit of the pixels
 */
export function galaxyMask(
  pixels: ArrayLike<number>,
  width: number,
  height: number,
  sigma: number,
  { threshold = 1.5, smoothing = 0 }: GalaxyMaskOptions = {},
): Uint8Array {
  const values = smoothing > 0 ? smooth(pixels, width, height, smoothing) : pixels;
  const limit = threshold * sigma;
  const [middleX, middleY] = [Math.floor(width / 2), Math.floor(height / 2)];
  const mask = new Uint8Array(width * height);
  let centre = middleY * width + middleX;
  forEachWithin(middleX, middleY, centreReach, width, height, (pixel) => {
    if (values[pixel] > values[centre]) centre = pixel;
  });
  forEachWithin(centre % width, Math.floor(centre / width), 1, width, height, (pixel) => {
    mask[pixel] = 1;
  });
  const waiting = [centre];
  for (let pixel = waiting.pop(); pixel !== undefined; pixel = waiting.pop()) {
    const x = pixel % width;
    for (const next of [
      x > 0 ? pixel - 1 : -1,
      x < width - 1 ? pixel + 1 : -1,
      pixel - width,
      pixel + width,
    ]) {
      // 2 marks what was visited, lest the nine pixels stop the walk.
      if (next < 0 || next >= mask.length || mask[next] === 2 || !(values[next] > limit)) continue;
      mask[next] = 2;
      waiting.push(next);
    }
  }
  return mask.map((value) => (value > 0 ? 1 : 0));
}

/** The mask with every pixel whose centre is within `reach` pixels of one of its own. */
export function grownMask(mask: Uint8Array, width: number, height: number, reach: number): Uint8Array {
  const grown = new Uint8Array(mask.length);
  const most = Math.floor(reach);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask[y * width + x] === 0) continue;
      forEachWithin(x, y, most, width, height, (pixel) => {
        const [dx, dy] = [(pixel % width) - x, Math.floor(pixel / width) - y];
        if (dx * dx + dy * dy <= reach * reach) grown[pixel] = 1;
      });
    }
  }
  return grown;
}

function forEachWithin(
  x: number,
  y: number,
  reach: number,
  width: number,
  height: number,
  visit: (pixel: number) => void,
): void {
  for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
    for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++) {
      visit(row * width + column);
    }
  }
}
