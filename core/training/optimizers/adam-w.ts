// AdamW: Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2), in PyTorch's form
// where the decay is scaled by the learning rate.
import { type AdamOptions, adam } from './adam.ts';
import type { Optimizer } from './optimizer.ts';
import { decoupledWeightDecay, type WeightDecayOptions } from './weight-decay.ts';

export interface AdamWOptions extends AdamOptions, Partial<WeightDecayOptions> {
  /** lambda. Default 1e-2 as in PyTorch. */
  readonly weightDecay?: number;
}

/**
 * theta <- theta - alpha lambda theta, then Adam's step; see {@link adam}.
 *
 * Rates: `learningRate`.
 */
export const adamW = ({ weightDecay = 1e-2, appliesTo, ...options }: AdamWOptions = {}): Optimizer => ({
  ...decoupledWeightDecay(adam(options), { weightDecay, appliesTo }),
  name: 'adam-w',
});
