// A variational autoencoder (Kingma and Welling 2014) with one latent variable, as in Wetzel, Phys. Rev. E 96, 022140
// (2017): spins -> hidden layer -> mean and log variance of z -> hidden layer -> logit of each spin being up.
import {
  add,
  cast,
  div,
  exp,
  mean,
  mul,
  reshape,
  type Scalar,
  softplus,
  split,
  square,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { initializers, input, type LayersModel, layers, model as network } from '@tensorflow/tfjs-layers';
import { exportModel } from '../../../../core/engine/export.ts';
import { randomNormal } from '../../../../core/engine/random-op.ts';
import type { RandomStream } from '../../../../core/random.ts';
import { weightedMean } from '../../../../core/training/losses.ts';
import type { Objective } from '../../../../core/training/objective.ts';

export const spinsInput = 'spins';
/** Mean of the latent variable, [rows, 1]. */
export const latentOutput = 'latent';
/** Cross-entropy of a spin given that mean, averaged over the lattice, nats, [rows, 1]. */
export const lossOutput = 'loss';

/** Spins and a latent variable in, latent mean with log variance and logits out: both halves, not joined. */
export function autoencoder(size: number, hiddenUnits: number, random: RandomStream): LayersModel {
  const dense = (name: string, units: number, activation: 'relu' | 'linear') =>
    layers.dense({
      name,
      units,
      activation,
      kernelInitializer: initializers.glorotUniform({ seed: random.split(name).seed() }),
    });
  const spins = input({ shape: [size ** 2], name: 'spins' });
  const z = input({ shape: [1], name: 'z' });
  const latent = dense('latent', 2, 'linear').apply(dense('encoder', hiddenUnits, 'relu').apply(spins));
  const logits = dense('logits', size ** 2, 'linear').apply(dense('decoder', hiddenUnits, 'relu').apply(z));
  return network({ inputs: [spins, z], outputs: [latent, logits] as never, name: 'vae' });
}

const through = (model: LayersModel, names: readonly string[], x: Tensor): Tensor =>
  names.reduce((tensor, name) => model.getLayer(name).apply(tensor) as Tensor, x);

/** Spins -1 and +1 as numbers, [rows, N]. */
const flat = (spins: Tensor, size: number): Tensor => reshape(cast(spins, 'float32'), [-1, size ** 2]);

/** -(1/N) sum_i ln p(s_i | z), [rows, 1]. */
function crossEntropy(model: LayersModel, spins: Tensor, z: Tensor): Tensor {
  const logits = through(model, ['decoder', 'logits'], z);
  const up = div(add(spins, 1), 2);
  return mean(sub(softplus(logits), mul(up, logits)), 1, true);
}

/** The negative evidence lower bound over the number of spins; z is drawn anew at every step. */
export function vaeObjective(model: LayersModel, size: number, seed: number): Objective {
  return ({ [spinsInput]: given, weight }, training) => {
    const spins = flat(given, size);
    const [centre, logVariance] = split(through(model, ['encoder', 'latent'], spins), 2, 1);
    const noise = training ? mul(exp(mul(logVariance, 0.5)), randomNormal(centre.shape, seed)) : 0;
    const divergence = mul(sub(add(exp(logVariance), square(centre)), add(logVariance, 1)), 0.5 / size ** 2);
    const losses = add(crossEntropy(model, spins, add(centre, noise)), divergence);
    return { loss: weightedMean(sum(losses, 1), weight) as Scalar };
  };
}

/** The encoder with the loss of its mean as a model file. */
export function exportAutoencoder(model: LayersModel, size: number): Uint8Array {
  return exportModel(
    ({ [spinsInput]: given }) => {
      const spins = flat(given, size);
      const [centre] = split(through(model, ['encoder', 'latent'], spins), 2, 1);
      return { [latentOutput]: centre, [lossOutput]: crossEntropy(model, spins, centre) };
    },
    { [spinsInput]: { shape: [size, size], dtype: 'int32' } },
    {
      name: `phases-of-matter-vae-L${size}`,
      metadata: {
        [spinsInput]: `spins -1 and +1 of a square lattice, [rows, ${size}, ${size}]`,
        [latentOutput]: 'mean of the latent variable, [rows, 1]',
        [lossOutput]: 'cross-entropy of a spin given that mean, averaged over the lattice, nats, [rows, 1]',
      },
    },
  );
}
