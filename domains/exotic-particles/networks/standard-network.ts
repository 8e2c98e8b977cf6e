// The house's own network: residual blocks of rectified units with layer normalisation and dropout, as Gorishniy et al. 2021
// (arXiv:2106.11959) found best of plain networks on tables, HIGGS among them; several members side by side, each from
// weights of its own, whose logits are averaged.
import { initializers, input, layers, model } from '@tensorflow/tfjs-layers';
import { dropout } from '../../../core/models/dropout.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { Architecture } from './architecture.ts';
import '../../../core/engine/tfjs.ts';

type Symbolic = ReturnType<typeof input>;

export interface StandardOptions {
  /** Width of the residual stream; the blocks are twice as wide inside. */
  readonly width: number;
  readonly blocks: number;
  /** Of the units inside the blocks. */
  readonly dropout: number;
  /** Networks averaged. Default 1. */
  readonly members?: number;
  /** Sees particles by what their symmetries leave, where the columns tell them. Default true. */
  readonly invariants?: boolean;
  /** Bins of the piecewise-linear encoding of each number where particles are seen. Default 0: none. */
  readonly bins?: number;
}

/** One member: x + W' relu(W norm(x)) for each block, then a linear layer of the rectified stream. */
function member(
  x: Symbolic,
  name: string,
  { width, blocks, dropout: rate }: StandardOptions,
  random: RandomStream,
): Symbolic {
  const dense = (layer: string, units: number, from: Symbolic, activation: 'linear' | 'relu' = 'linear') =>
    layers
      .dense({
        name: `${name}-${layer}`,
        units,
        activation,
        // Uniform in +-1 / sqrt(in), PyTorch's: blocks start as small changes of the stream.
        kernelInitializer: initializers.varianceScaling({
          scale: 1 / 3,
          mode: 'fanIn',
          distribution: 'uniform',
          seed: random.split(layer, 'kernel').seed(),
        }),
      })
      .apply(from) as Symbolic;
  const normalised = (layer: string, from: Symbolic) =>
    layers.layerNormalization({ name: `${name}-${layer}`, epsilon: 1e-5 }).apply(from) as Symbolic;
  let stream = dense('input', width, x);
  for (let i = 1; i <= blocks; i++) {
    const inner = dense(`block${i}-in`, 2 * width, normalised(`block${i}-norm`, stream), 'relu');
    const seed = random.split(`block${i}`, 'dropout').seed();
    const kept =
      rate === 0
        ? inner
        : (dropout({ rate, seed, name: `${name}-block${i}-dropout` }).apply(inner) as Symbolic);
    const change = dense(`block${i}-out`, width, kept);
    stream = layers.add({ name: `${name}-block${i}` }).apply([stream, change]) as Symbolic;
  }
  const top = layers.activation({ activation: 'relu', name: `${name}-relu` });
  return dense('output', 1, top.apply(normalised('norm', stream)) as Symbolic);
}

/** Residual networks, averaged. */
export const standardNetwork = (options: StandardOptions): Architecture => {
  const { members = 1, invariants = true, bins = 0 } = options;
  return {
    members,
    invariants,
    bins,
    body(inputs, random) {
      const x = input({ shape: [inputs], name: 'scaled' });
      const logits = Array.from({ length: members }, (_, i) =>
        member(x, `member${i + 1}`, options, random.split('member', i)),
      );
      const together =
        members === 1
          ? logits[0]
          : (layers.concatenate({ name: 'members', axis: 1 }).apply(logits) as Symbolic);
      return model({ inputs: x, outputs: together, name: 'standard' });
    },
  };
};
