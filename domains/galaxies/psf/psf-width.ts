// How wide a PSF is that somebody measured.
import type { Psf } from './psf.ts';

/**
 * Full width at half maximum, pixels: the diameter of the circle with the area above half of the maximum, where a pixel at the
 * edge counts by how far it and its neighbours are above.
 */
export function psfWidth({ width, height, data }: Psf): number {
  const half = Math.max(...data) / 2;
  let area = 0;
  const steps = 4;
  for (let y = 0; y < (height - 1) * steps; y++) {
    for (let x = 0; x < (width - 1) * steps; x++) {
      const [i, j] = [Math.floor(x / steps), Math.floor(y / steps)];
      const [u, v] = [(x % steps) / steps, (y % steps) / steps];
      const at = j * width + i;
      const above = (1 - u) * data[at] + u * data[at + 1];
      const below = (1 - u) * data[at + width] + u * data[at + width + 1];
      if ((1 - v) * above + v * below > half) area++;
    }
  }
  return 2 * Math.sqrt(area / (steps * steps) / Math.PI);
}
