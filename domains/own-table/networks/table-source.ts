// Rows of a table as what a network is trained on.
import type { RandomStream } from '../../../core/random.ts';
import { type BatchSource, rowSource } from '../../../core/training/batch-source.ts';
import type { TableNumbers } from '../parts.ts';
import { type Answer, targetRows } from './build-network.ts';
import { featuresInput } from './names.ts';

/** Batches of `features` and `target`. */
export const tableSource = (
  { features, width, target }: TableNumbers,
  answer: Answer,
  shuffle?: RandomStream,
): BatchSource =>
  rowSource({
    rows: Uint32Array.from(target, (_, row) => row),
    ...(shuffle ? { shuffle } : {}),
    gather(rows) {
      const own = new Float32Array(rows.length * width);
      rows.forEach((row, i) => {
        own.set(features.subarray(row * width, (row + 1) * width), i * width);
      });
      return { [featuresInput]: own, target: targetRows(answer, target, rows) };
    },
  });
