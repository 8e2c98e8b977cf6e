// A picture of any size as a square of greys: what networks for images of one size take. The whole of it is squeezed, by areas.
import { readGrey } from './grey-picture.ts';
import { resample } from './resample.ts';

/**
 * Greys 0 (black) to 1 (white) of a picture file, [side x side], row by row.
 *
 * @throws UserError when it is no picture that can be read
 */
export async function readSquare(path: string, side: number): Promise<Float32Array> {
  const picture = await readGrey(path);
  const { width, height, grey } = picture;
  if (width === side && height === side) return grey;
  return resample(grey, picture, { x: 0, y: 0, width, height }, side, side);
}
