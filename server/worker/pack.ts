// Many small bodies as one buffer, which moves to another thread without being copied again.
import type { Packed } from './task.ts';

export function pack(pieces: readonly Uint8Array[]): Packed {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  const ends: number[] = [];
  let end = 0;
  for (const piece of pieces) {
    bytes.set(piece, end);
    end += piece.length;
    ends.push(end);
  }
  return { bytes, ends };
}

/** The pieces, of the same memory. */
export const unpack = ({ bytes, ends }: Packed): Uint8Array[] =>
  ends.map((end, i) => bytes.subarray(i === 0 ? 0 : ends[i - 1], end));
