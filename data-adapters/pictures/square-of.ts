// A picture of any size as a square of greys: what networks for images of one size take. The whole of it is squeezed, by areas.
import type { GreyPicture } from './grey-picture.ts';
import { resample } from './resample.ts';

/** Greys of the same picture at [side x side], row by row. */
export function squareOf(picture: GreyPicture, side: number): Float32Array {
  const { width, height, grey } = picture;
  if (width === side && height === side) return grey;
  return resample(grey, picture, { x: 0, y: 0, width, height }, side, side);
}
