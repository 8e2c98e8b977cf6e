// Cases of convolutions and pools over volumes.
import * as tf from '@tensorflow/tfjs-core';
import type { RandomStream } from '../../../core/random.ts';
import { dims, draw, type KernelCase } from './kernel-cases.ts';

const volume = (random: RandomStream, channels: number): tf.Tensor =>
  draw(random, [1 + random.integer(2), ...Array.from({ length: 3 }, () => 4 + random.integer(3)), channels]);

const convolution = (stride: number, pad: 'same' | 'valid'): KernelCase => ({
  name: `Conv3D stride ${stride} pad ${pad}`,
  inputs: (r) => {
    const [i, o] = dims(r, 2, 3);
    return [volume(r, i), draw(r, [2, 3, 2, i, o])];
  },
  run: (x, w) => tf.conv3d(x as tf.Tensor5D, w as tf.Tensor5D, stride, pad),
});

const pool = (kind: 'Max' | 'Avg', size: number, stride: number, pad: 'same' | 'valid'): KernelCase => ({
  name: `${kind}Pool3D ${size} stride ${stride} pad ${pad}`,
  inputs: (r) => [volume(r, 1 + r.integer(2))],
  run: (x) => (kind === 'Max' ? tf.maxPool3d : tf.avgPool3d)(x as tf.Tensor5D, size, stride, pad),
});

export const volumeCases: KernelCase[] = [
  convolution(1, 'same'),
  convolution(1, 'valid'),
  convolution(2, 'valid'),
  {
    name: 'Conv3DBackpropInputV2 as tf.conv3dTranspose',
    inputs: (r) => [draw(r, [1, 2, 3, 2, 3]), draw(r, [2, 2, 2, 2, 3])],
    run: (x, w) => tf.conv3dTranspose(x as tf.Tensor5D, w as tf.Tensor5D, [1, 4, 6, 4, 2], 2, 'same'),
    // tfjs has no gradient for it.
    gradient: false,
  },
  pool('Max', 2, 2, 'valid'),
  pool('Max', 3, 1, 'same'),
  pool('Avg', 2, 2, 'valid'),
  pool('Avg', 3, 2, 'same'),
];
