// Events on disk as what a network is trained on.
import type { RandomStream } from '../../core/random.ts';
import type { BatchSource } from '../../core/training/batch-source.ts';
import type { StoredRows } from '../../data-adapters/stored/stored-rows.ts';
import { featuresInput } from './networks/names.ts';

export interface EventSourceOptions {
  /** The order of the file when left out. */
  readonly shuffle?: RandomStream;
  /** Factors of the weights of background and signal. Default 1 each. */
  readonly classScales?: readonly [background: number, signal: number];
}

/** Batches of `features`, `label` and `weight`, all float32. */
export function eventSource(
  rows: StoredRows,
  { shuffle, classScales }: EventSourceOptions = {},
): BatchSource {
  const source = rows.source({
    inputs: { [featuresInput]: 'features', label: 'label', weight: 'weight' },
    ...(shuffle === undefined ? {} : { shuffle }),
  });
  return {
    size: source.size,
    async *epoch(options) {
      for await (const { rows: count, inputs } of source.epoch(options)) {
        const weight = inputs.weight as Float32Array;
        if (classScales !== undefined) {
          for (let i = 0; i < weight.length; i++) weight[i] *= classScales[inputs.label[i]];
        }
        yield { rows: count, inputs: { ...inputs, label: Float32Array.from(inputs.label) } };
      }
    },
  };
}
