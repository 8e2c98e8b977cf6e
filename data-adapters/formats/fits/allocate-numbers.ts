// Memory for what is read, or the reason why there is none.
import { largestArray } from './fits-bytes.ts';
import { damaged } from './fits-error.ts';
import { bytesOf, newPixels, type Pixels, type PixelType } from './pixel-types.ts';

/** Zeros. @param how to read less. @throws UserError when one array cannot hold so many */
export function allocateNumbers(type: PixelType, length: number, where: string, how: string): Pixels {
  if (length * bytesOf(type) > largestArray) {
    throw damaged(where, `${length} numbers of ${type} are more than the 4 GiB that are read at once`, how);
  }
  return newPixels(type, length);
}
