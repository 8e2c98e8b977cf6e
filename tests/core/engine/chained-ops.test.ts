// The chained form of tfjs's operations.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import '../../../core/engine/tfjs.ts';

const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);

describe('chained operations', () => {
  it.each<[string, () => tf.Tensor, () => tf.Tensor]>([
    ['add', () => x.add(1), () => tf.add(x, 1)],
    ['matMul', () => x.matMul(x, false, true), () => tf.matMul(x, x, false, true)],
    ['sum', () => x.sum(1, true), () => tf.sum(x, 1, true)],
    ['flatten', () => x.flatten(), () => tf.reshape(x, [4])],
    ['as1D', () => x.as1D(), () => tf.reshape(x, [4])],
    ['as3D', () => x.as3D(1, 4, 1), () => tf.reshape(x, [1, 4, 1])],
    ['asScalar', () => x.sum().reshape([1]).asScalar(), () => tf.sum(x)],
    ['toInt', () => x.div(2).toInt(), () => tf.cast(tf.div(x, 2), 'int32')],
    ['concat', () => x.concat([x, x], 1), () => tf.concat([x, x, x], 1)],
    ['stack', () => x.stack(x), () => tf.stack([x, x])],
    ['where', () => x.where(x.greater(2), x.neg()), () => tf.where(tf.greater(x, 2), x, tf.neg(x))],
    [
      'resizeBilinear',
      () => x.as3D(2, 2, 1).resizeBilinear([4, 4]),
      () => tf.image.resizeBilinear(tf.reshape(x, [2, 2, 1]) as tf.Tensor3D, [4, 4]),
    ],
  ])('%s is the operation itself', (_name, chained, plain) => {
    expect(chained().arraySync()).toEqual(plain().arraySync());
    expect(chained().dtype).toBe(plain().dtype);
  });

  it('names only operations that tfjs has', () => {
    const ofTheClass =
      'bufferSync buffer array arraySync data dataToGPU dataSync bytes dispose print clone variable toString';
    const irregular = /^(as\dD|asScalar|asType|toBool|toFloat|toInt|flatten|reshapeAs|throwIfDisposed)$/;
    const operations: Record<string, unknown> = { ...tf, ...tf.image };
    const names = Object.keys(tf.Tensor.prototype).filter(
      (name) => !irregular.test(name) && !ofTheClass.split(' ').includes(name),
    );
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => typeof operations[name] !== 'function')).toEqual([]);
  });
});
