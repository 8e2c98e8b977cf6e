// Reads the pixels of an image that is not compressed, or a part of them, in pieces: beside what is returned it holds
// no more than one piece, and nothing at all when the file's numbers are what is asked for.
import { allocateNumbers } from './allocate-numbers.ts';
import type { FitsBytes } from './fits-bytes.ts';
import { damaged } from './fits-error.ts';
import { type Region, runsOf } from './image-window.ts';
import { type Physical, toPhysical } from './physical.ts';
import { bytesOf, type Pixels, pixelBytes, swapOrder, toFloat, viewPixels } from './pixel-types.ts';

/** Bytes read at a time, so that they are still in the processor's cache when their order is turned. */
const pieceBytes = 1024 * 1024;

/** What to do with an image that is too large. */
export const byParts = 'read it plane by plane, or by windows';

/** Types that pixels of any type can be asked for as. */
export type FloatType = 'float32' | 'float64';

/** Copies pixels of the physical type into the array that is returned. */
export function store(from: Pixels, into: Pixels, at: number): void {
  if (from.constructor !== into.constructor) toFloat(from, into as Float64Array, at);
  else (into as Float64Array).set(from as Float64Array, at);
}

/**
 * Pixels of an image whose first one stands at byte `start`.
 *
 * @param shape of the whole image
 * @param as type to return; default the physical one
 * @throws UserError when the file does not hold them
 */
export async function readPlainImage(
  bytes: FitsBytes,
  start: number,
  shape: readonly number[],
  region: Region,
  physical: Physical,
  where: string,
  as?: FloatType,
): Promise<Pixels> {
  const { stored } = physical;
  const width = bytesOf(stored);
  const runs = (): Generator<[number, number]> => runsOf(region);
  let needed = 0;
  for (const [first, count] of runs()) needed = (first + count) * width;
  if (start + needed > bytes.size) {
    throw damaged(
      where,
      `is truncated: its ${shape.join(' x ')} pixels of ${stored} go on to byte ${start + needed}, the file ends at ${bytes.size}`,
    );
  }
  const type = as ?? physical.dtype;
  const out = allocateNumbers(type, region.length, where, byParts);
  const inPlace = physical.way !== 'scaled' && type === physical.dtype;
  const target = pixelBytes(out);
  const scratch = inPlace ? target : Buffer.allocUnsafeSlow(Math.min(pieceBytes, region.length * width));
  let done = 0;
  for (const [first, count] of runs()) {
    for (let from = 0; from < count; ) {
      const length = Math.min(pieceBytes / width, count - from);
      const at = inPlace ? done * width : 0;
      const piece = scratch.subarray(at, at + length * width);
      await bytes.readInto(piece, start + (first + from) * width);
      swapOrder(piece, width);
      const found = toPhysical(viewPixels(stored, piece), physical);
      if (!inPlace) store(found, out, done);
      from += length;
      done += length;
    }
  }
  return out;
}
