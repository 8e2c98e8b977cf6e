// The networks of pix2pix: their sizes against those of the authors' code in PyTorch, and the normalisation they share.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { instanceNormalization } from '../../../core/models/instance-normalization.ts';
import { patchDiscriminator, receptiveField } from '../../../core/models/patch-discriminator.ts';
import { pix2pixGenerator } from '../../../core/models/pix2pix-generator.ts';
import { RandomStream } from '../../../core/random.ts';

const random = new RandomStream(6, 'pix2pix');
const small = { inputs: 2, outputs: 1, levels: 3, width: 4, random };

describe('generator of pix2pix', () => {
  it('has 54.4 million parameters as it comes', () => {
    const model = pix2pixGenerator({ inputs: 3, outputs: 3, random });
    // junyanz/pytorch-CycleGAN-and-pix2pix prints 54.414 M for unet_256: 54,413,955. It has no biases at the first and the
    // innermost convolution down, of 64 and 512 channels.
    expect(model.countParams()).toBe(54_413_955 + 64 + 512);
    model.dispose();
  });

  it('is a U-Net of the given levels', () => {
    const model = pix2pixGenerator(small);
    // Down 2-4-8-16, up 16-8, 16-4, 8-1; biases of 4, 16 and 1; scale and offset of 8 down, 8 and 4 up.
    const kernels = 16 * (2 * 4 + 4 * 8 + 8 * 16 + 16 * 8 + 16 * 4 + 8 * 1);
    expect(model.countParams()).toBe(kernels + 21 + 2 * (8 + 8 + 4));
    const x = tf.randomNormal([2, 16, 24, 2], 0, 1, 'float32', 1);
    const y = model.apply(x) as tf.Tensor;
    expect(y.shape).toEqual([2, 16, 24, 1]);
    expect(y.abs().max().dataSync()[0]).toBeLessThan(1);
  });

  it('treats every image by itself', () => {
    const model = pix2pixGenerator(small);
    const x = tf.randomNormal([3, 8, 8, 2], 0, 1, 'float32', 2);
    const together = (model.apply(x, { training: false }) as tf.Tensor).slice([1], [1]).dataSync();
    const alone = (model.apply(x.slice([1], [1]), { training: false }) as tf.Tensor).dataSync();
    // The same float32 operations.
    expect(Math.max(...together.map((v, i) => Math.abs(v - alone[i])))).toBeLessThan(1e-6);
  });

  it('refuses a single level', () => {
    expect(() => pix2pixGenerator({ ...small, levels: 1 })).toThrow('expected two levels at least, got 1');
  });
});

describe('patch discriminator', () => {
  it('has 2.8 million parameters and sees 70 x 70 as it comes', () => {
    const model = patchDiscriminator({ inputs: 6, random });
    // junyanz/pytorch-CycleGAN-and-pix2pix prints 2.769 M for its basic discriminator: 2,768,705.
    expect(model.countParams()).toBe(2_768_705);
    expect(receptiveField()).toBe(70);
    model.dispose();
  });

  it.each([
    [1, 16, 6],
    [2, 32, 6],
    [3, 48, 4],
  ])('with %i halvings answers %i x %i images for every patch', (halvings, size, answers) => {
    const model = patchDiscriminator({ inputs: 1, halvings, width: 1, random });
    expect((model.apply(tf.zeros([1, size, size, 1])) as tf.Tensor).shape).toEqual([1, answers, answers, 1]);
  });

  it('has receptive fields of 16, 34, 70 and 142', () => {
    // Isola et al. 2017, section 6.1.2, names 16, 70 and 286; 34 and 142 lie between by r <- 2 r + 2.
    expect([1, 2, 3, 4, 5].map((n) => receptiveField(n))).toEqual([16, 34, 70, 142, 286]);
  });

  it('depends on its receptive field and nothing beyond', () => {
    // Without normalisation, which sees the whole image: the first and last convolution alone.
    const size = 40;
    const seen = receptiveField(0);
    const model = patchDiscriminator({ inputs: 1, halvings: 0, width: 2, random });
    const at = (x: tf.Tensor4D) => (model.apply(x) as tf.Tensor4D).slice([0, 20, 20, 0], [1, 1, 1, 1]).sum();
    const gradient = tf.grad((x) => at(x as tf.Tensor4D))(
      tf.randomNormal([1, size, size, 1], 0, 1, 'float32', 3),
    );
    const rows = gradient.abs().max([0, 2, 3]).arraySync() as number[];
    const touched = rows.flatMap((v, i) => (v > 0 ? [i] : []));
    expect(touched.at(-1)! - touched[0] + 1).toBe(seen);
  });
});

describe('instance normalisation', () => {
  const x = tf.randomNormal([2, 3, 5, 4], 2, 3, 'float32', 4);

  it('gives every channel of every image mean 0 and variance 1', () => {
    const y = instanceNormalization({ name: 'norm' }).apply(x) as tf.Tensor;
    const { mean, variance } = tf.moments(y, [1, 2]);
    // 15 float32 numbers of order 1.
    expect(mean.abs().max().dataSync()[0]).toBeLessThan(1e-6);
    expect(variance.sub(1).abs().max().dataSync()[0]).toBeLessThan(1e-5);
  });

  it('has the gradient that the tape makes of its formula', () => {
    const layer = instanceNormalization({ name: 'norm' });
    layer.build([null as never, 3, 5, 4]);
    layer.setWeights([tf.tensor1d([0.5, 1, -2, 3]), tf.tensor1d([1, 0, 2, -1])]);
    const [scale, offset] = layer.getWeights() as [tf.Tensor, tf.Tensor];
    const upstream = tf.randomNormal(x.shape, 0, 1, 'float32', 5);
    const plain = (given: tf.Tensor, factor: tf.Tensor, shift: tf.Tensor): tf.Tensor => {
      const { mean, variance } = tf.moments(given, [1, 2], true);
      return given.sub(mean).div(variance.add(1e-5).sqrt()).mul(factor).add(shift);
    };
    const expected = tf.grads((a, b, c) => plain(a, b, c))([x, scale, offset], upstream);
    const [dx] = [tf.grad((a) => layer.apply(a) as tf.Tensor)(x, upstream)];
    const { grads } = tf.variableGrads(
      () => tf.sum(tf.mul(layer.apply(x) as tf.Tensor, upstream)) as tf.Scalar,
    );
    const got = [dx, ...layer.trainableWeights.map((weight) => grads[(weight.read() as tf.Variable).name])];
    expected.forEach((value, i) => {
      // Sums of 30 float32 products of order 1.
      expect(tf.sub(value, got[i]).abs().max().dataSync()[0]).toBeLessThan(1e-4);
    });
  });
});
