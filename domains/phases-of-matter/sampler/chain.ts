// One task of the sampler, as it is handed to a worker thread.
import { latticeModel, samplingAlgorithm } from './models/index.ts';

/** Samples wanted of one chain (or of one set of replicas) at one temperature. */
export interface ChainTask {
  /** `square-ising` by default. */
  readonly model?: string;
  /** The model's first by default. */
  readonly algorithm?: string;
  /** Linear size L. */
  readonly size: number;
  /** In J / k_B. */
  readonly temperature: number;
  readonly samples: number;
  /** Sweeps between two samples, on average. */
  readonly sweeps: number;
  /** Sweeps before the first sample, on average. */
  readonly equilibration: number;
  /** Seed of the chain's own stream; no other chain has it. */
  readonly seed: string;
}

/**
 * Draws the samples of one task.
 *
 * @returns spins -1 and +1, [samples, ...shape of the model]
 * @throws UserError for an unknown model or algorithm, or a size or temperature out of range
 */
export function sampleChain(task: ChainTask): Int8Array {
  const { model = 'square-ising', size, temperature } = task;
  const { algorithm } = samplingAlgorithm(model, task.algorithm);
  latticeModel(model).check(size, temperature);
  algorithm.check?.(size, temperature);
  return algorithm.sample(task);
}
