// Restoration by a residual U-Net behind linear filters: these know the PSF and the noise, the network learns what galaxies
// look like (the Tikhonet of Sureau, Lechat and Starck 2020, A&A 641 A67, with the widths of PSF and noise beside the
// image, so that one network serves every seeing and depth). It works in the paper's stretch, unclipped,
// and answers with the standard deviation of its own error.
import {
  add,
  concat,
  div,
  exp,
  log,
  mean,
  mul,
  ones,
  reshape,
  type Scalar,
  slice,
  square,
  sub,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { exportModel } from '../../../core/engine/export.ts';
import type { InputSpecs } from '../../../core/engine/program.ts';
import { imageMultiple, residualUNet } from '../../../core/models/residual-unet.ts';
import type { RandomStream } from '../../../core/random.ts';
import { weightedMean } from '../../../core/training/losses.ts';
import type { Objective } from '../../../core/training/objective.ts';
import { stopGradient } from '../../../core/training/stop-gradient.ts';
import {
  degradedInput,
  deviationOutput,
  networkBands,
  noiseInput,
  restoredOutput,
  seeingInput,
  smoothedInput,
  targetInput,
  truthInput,
  wienerInput,
} from './names.ts';
import { channelsLast, planesFirst, slope, stretched, unstretched } from './stretch-in-graph.ts';

/** Three images, the noise of each band and the seeing. */
const seenChannels = 4 * networkBands + 1;
/** Correction and logarithm of the variance for each band. */
const answeredChannels = 2 * networkBands;

export interface RestorationSize {
  /** Channels at each resolution. */
  readonly widths: readonly number[];
  /** Residual blocks at each resolution. */
  readonly blocks: number;
}

/** Side of the patches that become places of the finest resolution: a step at full resolution takes four times as long. */
const patch = 2;

export const restorationUNet = ({ widths, blocks }: RestorationSize, random: RandomStream): LayersModel =>
  residualUNet({ inputs: seenChannels, outputs: answeredChannels, widths, blocks, patch, random });

/** What both sides of a network's images must be a multiple of. */
export const sidesMultiple = ({ widths }: Pick<RestorationSize, 'widths'>): number =>
  imageMultiple({ widths, patch });

/** Noise and seeing at which their maps are 0: about the middle of what networks are trained on. */
export const middleNoise = 0.1;
const middleSeeing = 4;

/** Numbers [rows, n] as constant maps [rows, height, width, n]. */
function maps(values: Tensor, [rows, height, width]: readonly number[]): Tensor {
  const n = values.shape[1] as number;
  return mul(reshape(values, [rows, 1, 1, n]), ones([1, height, width, 1]));
}

/** log of the variance, in the stretch, where a network has not learnt it yet: an error of 0.02. */
const firstLogVariance = 2 * Math.log(0.02);

export interface RestorationAnswer {
  /** Restored image in the stretch, [rows, height, width, bands]. */
  readonly restored: Tensor;
  readonly logVariance: Tensor;
}

/** The network on raw inputs. */
export function restorationAnswer(
  model: LayersModel,
  inputs: Record<string, Tensor>,
  training = false,
): RestorationAnswer {
  const { [noiseInput]: noise, [seeingInput]: seeing } = inputs;
  const [smoothed, wiener, degraded] = [smoothedInput, wienerInput, degradedInput].map((name) =>
    stretched(channelsLast(inputs[name])),
  );
  const { shape } = smoothed;
  const seen = concat(
    [
      smoothed,
      wiener,
      degraded,
      maps(log(div(noise, middleNoise)), shape),
      maps(div(sub(seeing, middleSeeing), middleSeeing), shape),
    ],
    3,
  );
  const answer = model.apply(seen, { training }) as Tensor4D;
  const size = [shape[0], shape[1] as number, shape[2] as number, networkBands] as [
    number,
    number,
    number,
    number,
  ];
  const correction = slice(answer, [0, 0, 0, 0], size);
  const logVariance = add(slice(answer, [0, 0, 0, networkBands], size), firstLogVariance);
  return { restored: add(smoothed, correction), logVariance };
}

/** Weight of what teaches the variance: small, for it shall not disturb. */
const varianceWeight = 0.001;
/** Squared errors are taken for this much at least: a hundredth of a step of eight bits in the stretch. */
const leastSquare = 1e-8;
/** Mean of the logarithm of the square of a normal number: -Euler's constant - log 2. */
const meanLogSquare = -1.2703628454614782;

/** Mean over pixels and bands. */
const perImage = (x: Tensor): Tensor => mean(x, [1, 2, 3]);

/**
 * 100 times the mean squared error in the stretch, whose minimum is the conditional mean of the recorded image and the highest PSNR,
 * plus `varianceWeight` times the mean squared distance of log v from log e^2 + 1.27, which teaches the logarithm of the variance of
 * the errors e against the image without the noise of its recording, and leaves the image alone. Unlike the likelihood log v + e^2 / v it has no gradient that grows without bound
 * where an error is large and v is small, which ended trainings.
 *
 * `mse`, the squared error in the stretch, is its metric.
 */
export function restorationLoss(
  inputs: Record<string, Tensor>,
  { restored, logVariance }: RestorationAnswer,
): ReturnType<Objective> {
  const errors = (name: string): Tensor => square(sub(stretched(channelsLast(inputs[name])), restored));
  const squared = errors(targetInput);
  const logSquared = sub(log(add(stopGradient(errors(truthInput)), leastSquare)), meanLogSquare);
  const mse = weightedMean(perImage(squared), inputs.weight);
  const variance = weightedMean(perImage(square(sub(logVariance, logSquared))), inputs.weight);
  return { loss: add(mul(mse, 100), mul(variance, varianceWeight)) as Scalar, metrics: { mse } };
}

export const restorationObjective =
  (model: LayersModel): Objective =>
  (inputs, training) =>
    restorationLoss(inputs, restorationAnswer(model, inputs, training));

/** What the network is shown and what it learns from, for images of one size. */
export const trainingInputs = (size: number): InputSpecs => {
  const picture = { shape: [networkBands, size, size] };
  return { ...restorationInputs(size), [targetInput]: picture, [truthInput]: picture };
};

/** Inputs of the network for images of one size. */
export const restorationInputs = (size: number): InputSpecs => ({
  [degradedInput]: { shape: [networkBands, size, size] },
  [smoothedInput]: { shape: [networkBands, size, size] },
  [wienerInput]: { shape: [networkBands, size, size] },
  [noiseInput]: { shape: [networkBands] },
  [seeingInput]: { shape: [1] },
});

/** What deviations are multiplied by: e^offset (noise / 0.1)^slope, noise in nanomaggies per pixel. */
export interface DeviationScale {
  readonly offset: number;
  readonly slope: number;
}

export interface RestorationFile {
  readonly name: string;
  readonly deviationScale: DeviationScale;
}

/** The network for tiles of `size` pixels as a model file, from flux to flux. */
export const exportRestoration = (
  model: LayersModel,
  size: number,
  { name, deviationScale }: RestorationFile,
): Uint8Array =>
  exportModel(
    (inputs) => {
      const { restored, logVariance } = restorationAnswer(model, inputs);
      const depth = maps(log(div(inputs[noiseInput], middleNoise)), restored.shape);
      const logScale = add(mul(depth, deviationScale.slope), deviationScale.offset);
      const deviation = mul(exp(add(mul(logVariance, 0.5), logScale)), slope(restored));
      return {
        [restoredOutput]: planesFirst(unstretched(restored)),
        [deviationOutput]: planesFirst(deviation),
      };
    },
    restorationInputs(size),
    {
      name,
      metadata: {
        [degradedInput]: `flux in nanomaggies per pixel, [rows, ${networkBands}, ${size}, ${size}]`,
        [smoothedInput]: 'the same smoothed by a Gaussian of standard deviation 7.4 sqrt(noise) pixels',
        [wienerInput]: 'the same by the Wiener filter of domains/galaxies/networks/wiener-start.ts',
        [noiseInput]: `standard deviation of the noise of each band, nanomaggies per pixel, [rows, ${networkBands}]`,
        [seeingInput]: 'full width at half maximum of the blur, pixels, [rows, 1]',
        [restoredOutput]: 'flux in nanomaggies per pixel',
        [deviationOutput]:
          "standard deviation of the restored flux, made to hold 68 % of the validation galaxies' errors",
      },
    },
  );
