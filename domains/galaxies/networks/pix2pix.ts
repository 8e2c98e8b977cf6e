// The paper's network: the conditional GAN of pix2pix (Isola et al. 2017, arXiv:1611.07004), from a degraded galaxy to the galaxy
// as recorded, both clipped and stretched as in the paper and then taken to [-1, 1]. Each setting of blur and noise has its
// own. Pixels are floats all the way; the paper's went through eight bits and JPEG.
import { add, clipByValue, mul, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { exportModel } from '../../../core/engine/export.ts';
import type { InputSpecs } from '../../../core/engine/program.ts';
import { patchDiscriminator } from '../../../core/models/patch-discriminator.ts';
import { pix2pixGenerator } from '../../../core/models/pix2pix-generator.ts';
import type { RandomStream } from '../../../core/random.ts';
import { type AdversarialObjective, pix2pixObjective } from '../../../core/training/adversarial.ts';
import type { GalaxiesConfig } from '../config.ts';
import { clipHigh, clipLow } from '../stretch.ts';
import { degradedInput, networkBands, restoredOutput, targetInput } from './names.ts';
import { channelsLast, planesFirst, stretched, unstretched } from './stretch-in-graph.ts';

export interface Pix2pixNetworks {
  readonly generator: LayersModel;
  /** Judges a degraded and a restored image, one beside the other. */
  readonly discriminator: LayersModel;
}

export function pix2pixNetworks(
  { levels, width, dropout, discriminatorWidth, halvings }: GalaxiesConfig['pix2pix'],
  random: RandomStream,
): Pix2pixNetworks {
  return {
    generator: pix2pixGenerator({
      inputs: networkBands,
      outputs: networkBands,
      levels,
      width,
      dropoutRate: dropout,
      random: random.split('generator'),
    }),
    discriminator: patchDiscriminator({
      inputs: 2 * networkBands,
      halvings,
      width: discriminatorWidth,
      random: random.split('discriminator'),
    }),
  };
}

/** Flux as planes to what the networks see: the paper's stretch, from [0, 1] to [-1, 1], channels last. */
const shown = (flux: Tensor): Tensor =>
  sub(mul(stretched(channelsLast(clipByValue(flux, clipLow, clipHigh))), 2), 1);

const unshown = (image: Tensor): Tensor => planesFirst(unstretched(mul(add(image, 1), 0.5)));

/** Cross-entropy of the verdict + lambda mean |target - restored|, of flux as planes. Metric `absoluteError`, of numbers in [-1, 1]. */
export function pix2pixGalaxies(networks: Pix2pixNetworks, lambda: number): AdversarialObjective {
  const game = pix2pixObjective({ ...networks, lambda });
  const seen = ({ [degradedInput]: degraded, [targetInput]: target, ...rest }: Record<string, Tensor>) => ({
    ...rest,
    condition: shown(degraded),
    truth: shown(target),
  });
  return {
    generate: (inputs, training) => game.generate(seen(inputs), training),
    real: (inputs) => game.real(seen(inputs)),
    judge: (inputs, images) => game.judge(seen(inputs), images),
    regression: (inputs, made, training) => game.regression(seen(inputs), made, training),
  };
}

/** Degraded flux alone: the generator knows blur and noise by heart. */
const generatorInputs = (size: number): InputSpecs => ({
  [degradedInput]: { shape: [networkBands, size, size] },
});

/** Inputs of {@link pix2pixGalaxies} for images of one size. */
export const pix2pixInputs = (size: number): InputSpecs => ({
  ...generatorInputs(size),
  [targetInput]: { shape: [networkBands, size, size] },
});

/** The generator as tfjs runs it in use: from flux to flux, planes first. */
export const restoreByGenerator = (generator: LayersModel, degraded: Tensor): Tensor =>
  unshown(generator.apply(shown(degraded), { training: false }) as Tensor);

/**
 * The generator for images of `size` pixels as a model file, from flux to flux. It always answers the same: dropout is off, and each
 * image is normalised by its own mean and variance. (The paper's code left dropout on in use.) Flux beyond the paper's
 * clip, -0.1 to 4 nanomaggies per pixel, does not come back.
 *
 * @param setting what the generator was trained on, in words
 */
export const exportGenerator = (
  generator: LayersModel,
  size: number,
  { name, setting }: { readonly name: string; readonly setting: string },
): Uint8Array =>
  exportModel(
    ({ [degradedInput]: degraded }) => ({ [restoredOutput]: restoreByGenerator(generator, degraded) }),
    generatorInputs(size),
    {
      name,
      metadata: {
        setting,
        [degradedInput]: `flux in nanomaggies per pixel, [rows, ${networkBands}, ${size}, ${size}], clipped to -0.1 to 4`,
        [restoredOutput]: 'flux in nanomaggies per pixel, with noise as the survey records it',
      },
    },
  );
