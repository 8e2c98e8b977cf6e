// The residual U-Net with a discriminator beside its regression, so that what it makes looks like galaxies where the squared error
// alone would blur them. The discriminator is that of pix2pix; it sees the degraded and the restored image in the stretch.
import { concat, slice, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { AdversarialObjective } from '../../../core/training/adversarial.ts';
import { degradedInput, networkBands, targetInput } from './names.ts';
import { restorationAnswer, restorationLoss } from './restoration.ts';
import { channelsLast, stretched } from './stretch-in-graph.ts';

/** Some channels of [rows, height, width, channels]. */
const channels = (x: Tensor, first: number): Tensor =>
  slice(x as Tensor4D, [0, 0, 0, first], [...x.shape.slice(0, 3), networkBands] as [
    number,
    number,
    number,
    number,
  ]);

const imageOf = (made: Tensor): Tensor => channels(made, 0);

/** {@link restorationLoss} + weight x the verdict. What is made has the image's bands first and then their log variances. */
export function adversarialRestoration(
  model: LayersModel,
  discriminator: LayersModel,
  weight: number,
): AdversarialObjective {
  const seen = (inputs: Record<string, Tensor>, name: string) => stretched(channelsLast(inputs[name]));
  return {
    generate: (inputs, training) => {
      const { restored, logVariance } = restorationAnswer(model, inputs, training);
      return concat([restored, logVariance], 3);
    },
    real: (inputs) => seen(inputs, targetInput),
    judge: (inputs, images) =>
      discriminator.apply(concat([seen(inputs, degradedInput), imageOf(images)], 3), {
        training: true,
      }) as Tensor,
    regression: (inputs, made) =>
      restorationLoss(inputs, { restored: imageOf(made), logVariance: channels(made, networkBands) }),
    adversarialWeight: weight,
  };
}
