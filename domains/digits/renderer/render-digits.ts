// The embedded source of digits, for a machine without data: handwriting drawn from models of the ten digits (glyphs.ts) by hands
// that differ (hand.ts). Every digit has a stream of its own, so that the first thousand are the same whatever their number.
import type { Progress } from '../../../core/progress.ts';
import type { RandomStream } from '../../../core/random.ts';
import { renderDigit, side } from './render-digit.ts';

export interface RenderDigitsOptions {
  /** Digits wanted. */
  readonly count: number;
  readonly random: RandomStream;
  readonly progress: Progress;
  /** Stops at the next block; the promise is then rejected with its reason. */
  readonly signal: AbortSignal;
}

export interface RenderedDigits {
  /** 28 x 28 bytes a digit, 0 the background. */
  readonly pixels: Uint8Array;
  /** 0 to 9; in ten in a row each stands once. */
  readonly labels: Uint8Array;
}

/** Digits between two looks at the signal. */
const blockSize = 500;

/** Renders digits. @throws RangeError unless the count is an integer >= 0 */
export async function renderDigits({
  count,
  random,
  progress,
  signal,
}: RenderDigitsOptions): Promise<RenderedDigits> {
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`renderDigits: expected an integer count >= 0, got ${count}`);
  }
  const area = side * side;
  const pixels = new Uint8Array(count * area);
  const labels = new Uint8Array(count);
  const bar = progress.task('Rendering digits', count, 'digits');
  try {
    for (let start = 0; start < count; start += blockSize) {
      // Whoever aborts gets a turn between blocks.
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      const end = Math.min(count, start + blockSize);
      for (let first = start; first < end; first += 10) {
        const order = random.split('order', first).permutation(10);
        for (let i = first; i < Math.min(end, first + 10); i++) {
          labels[i] = order[i - first];
          renderDigit(labels[i], random.split('digit', i), pixels.subarray(i * area, (i + 1) * area));
        }
      }
      bar.advance(end - start);
    }
  } finally {
    bar.end();
  }
  return { pixels, labels };
}
