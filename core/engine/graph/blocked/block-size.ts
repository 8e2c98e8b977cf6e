// How many channels ONNX Runtime's convolutions keep side by side on this processor (MLAS's NCHWc: 16 with AVX-512 and on
// many ARM cores, 8 with AVX2, none elsewhere). The runtime does not say; it is read off from what it does to a few numbers.
import { encodeModel } from '../model.ts';
import { runAtOnce } from '../session.ts';
import { constant, record } from '../value.ts';

/** Domain of ONNX Runtime's operators on channels in blocks. */
export const blockedDomain = 'com.microsoft.nchwc';

const CHANNELS = 64;

function probe(): number {
  const numbers = Float32Array.from({ length: 2 * CHANNELS }, (_, i) => i);
  const image = constant(numbers, [1, CHANNELS, 1, 2], 'float32');
  const { bytes } = encodeModel({ y: record(`${blockedDomain}::ReorderInput`, [image]) }, { name: 'probe' });
  try {
    const y = runAtOnce(bytes, 'probe', ['y']).y.data as Float32Array;
    // Channel 0 of the second place follows the first place's block.
    const size = y.indexOf(1);
    return size > 1 && y.every((v, i) => v === expected(i, size)) ? size : 0;
  } catch {
    return 0;
  }
}

/** Channel c of place p is number 2 c + p; blocks hold their places one after another. */
function expected(i: number, size: number): number {
  const block = Math.floor(i / (2 * size));
  const place = Math.floor(i / size) % 2;
  return 2 * (block * size + (i % size)) + place;
}

let known: number | undefined;

/** Channels in a block; 0 where the runtime has no such convolutions. */
export function blockSize(): number {
  known ??= probe();
  return known;
}
