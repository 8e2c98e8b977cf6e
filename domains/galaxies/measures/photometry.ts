// Fluxes and sizes of a galaxy within its mask.
import { planes, type SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';

/** Sum of the pixels of a plane within the mask. */
export function fluxWithin(pixels: ArrayLike<number>, mask: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) sum += pixels[i];
  return sum;
}

/** Flux of each band of an image over that of the target within the mask: 1 where flux is conserved. */
export function fluxRatios(image: SkyImage, target: SkyImage, mask: Uint8Array): number[] {
  const expected = planes(target);
  return planes(image).map((pixels, band) => fluxWithin(pixels, mask) / fluxWithin(expected[band], mask));
}

/** Magnitude of a flux in nanomaggies: 22.5 - 2.5 log10(flux). NaN when the flux is not positive. */
export const magnitudeOf = (flux: number): number => (flux > 0 ? 22.5 - 2.5 * Math.log10(flux) : Number.NaN);

/** Mean place of the flux within the mask, pixels; what is below zero does not count. NaN where nothing is above. */
export function centroid(
  pixels: ArrayLike<number>,
  width: number,
  mask: Uint8Array,
): { readonly x: number; readonly y: number } {
  let [total, x, y] = [0, 0, 0];
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0 || !(pixels[i] > 0)) continue;
    total += pixels[i];
    x += pixels[i] * (i % width);
    y += pixels[i] * Math.floor(i / width);
  }
  return { x: x / total, y: y / total };
}

/**
 * Radius of the circle about (x, y) with half of the flux of the mask, pixels; NaN when that flux is not positive. Between the
 * pixels' distances the flux is taken to grow with the area.
 */
export function halfLightRadius(
  pixels: ArrayLike<number>,
  width: number,
  mask: Uint8Array,
  x: number,
  y: number,
): number {
  const total = fluxWithin(pixels, mask);
  if (!(total > 0)) return Number.NaN;
  const distances: { readonly squared: number; readonly flux: number }[] = [];
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    distances.push({ squared: ((i % width) - x) ** 2 + (Math.floor(i / width) - y) ** 2, flux: pixels[i] });
  }
  distances.sort((a, b) => a.squared - b.squared);
  let within = 0;
  let before = 0;
  for (const { squared, flux } of distances) {
    if (within + flux >= total / 2) {
      const share = flux > 0 ? Math.min(1, Math.max(0, (total / 2 - within) / flux)) : 1;
      return Math.sqrt(before + share * (squared - before));
    }
    within += flux;
    before = squared;
  }
  return Math.sqrt(before);
}
