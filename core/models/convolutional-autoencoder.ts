// The convolutional autoencoder of F. Chollet's "Building autoencoders in Keras" (2016): three convolutions with pooling down to
// 4 x 4 x 8, three with enlarging up again. For images of 28 x 28 whose values are in [0, 1].
import { initializers, input, type LayersModel, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../random.ts';
import { withOutputs } from './autoencoder.ts';
import '../engine/tfjs.ts';

const apply = (layer: layers.Layer, x: SymbolicTensor): SymbolicTensor => layer.apply(x) as SymbolicTensor;

/**
 * 4,385 parameters: 160 + 1,160 + 584 down, 584 + 584 + 1,168 + 145 up; the code has 128 numbers.
 *
 * @returns network from [rows, 784] to [reconstruction [rows, 784], code [rows, 128], logit [rows, 784]]
 */
export function convolutionalAutoencoder({ random }: { readonly random: RandomStream }): LayersModel {
  const convolution = (
    name: string,
    filters: number,
    padding: 'same' | 'valid' = 'same',
    activation: 'relu' | 'linear' = 'relu',
  ) =>
    layers.conv2d({
      name,
      filters,
      kernelSize: 3,
      padding,
      activation,
      kernelInitializer: initializers.glorotUniform({ seed: random.split(name, 'kernel').seed() }),
    });
  const x = input({ shape: [784], name: 'x' });
  let h = apply(layers.reshape({ name: 'image', targetShape: [28, 28, 1] }), x);
  for (const [i, filters] of [16, 8, 8].entries()) {
    h = apply(convolution(`encoder${i + 1}`, filters), h);
    h = apply(layers.maxPooling2d({ name: `pool${i + 1}`, poolSize: 2, strides: 2, padding: 'same' }), h);
  }
  const code = apply(layers.flatten({ name: 'code' }), h);
  for (const [i, filters] of [8, 8, 16].entries()) {
    h = apply(convolution(`decoder${i + 1}`, filters, i === 2 ? 'valid' : 'same'), h);
    h = apply(layers.upSampling2d({ name: `up${i + 1}`, size: [2, 2] }), h);
  }
  h = apply(convolution('output', 1, 'same', 'linear'), h);
  return withOutputs('convolutional-autoencoder', x, code, apply(layers.flatten({ name: 'logit' }), h));
}
