// Events as another detector would have recorded them.
import { featureCount, type Process } from '../generator/block.ts';
import type { ShiftedEvents, Variation } from './variation.ts';

/**
 * Applies a variation of {@link systematicVariations} to rows of all columns of a process, in UCI's units; the rows given stay
 * as they are. Each row is shifted alone: any cutting into blocks gives the same.
 *
 * @throws RangeError unless the features are rows x 28 (HIGGS) or 18 (SUSY)
 */
export function shiftEvents(process: Process, features: Float32Array, variation: Variation): ShiftedEvents {
  const width = featureCount[process];
  if (features.length % width !== 0) {
    throw new RangeError(
      `shiftEvents: expected features of shape [rows, ${width}] for ${process}, got ${features.length} numbers`,
    );
  }
  return variation.apply(features);
}
