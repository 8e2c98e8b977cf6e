// The recording backend as an eager one: plain tfjs code that runs when somebody reads.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendName } from '../../../core/engine/backend.ts';
import '../../../core/engine/tfjs.ts';

describe('the lazy backend', () => {
  beforeAll(async () => {
    await tf.setBackend(backendName);
  });
  afterAll(async () => {
    await tf.setBackend('cpu');
  });

  it('runs what a tensor needs when it is read, synchronously or not', async () => {
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    const y = tf.matMul(x, x);
    expect(Array.from(y.dataSync())).toEqual([7, 10, 15, 22]);
    expect(Array.from(await tf.sum(y).data())).toEqual([54]);
  });

  it('takes tensors of another backend', async () => {
    await tf.setBackend('cpu');
    const x = tf.add(tf.tensor1d([1, 2]), 1);
    await tf.setBackend(backendName);
    expect(Array.from(tf.mul(x, 2).dataSync())).toEqual([4, 6]);
  });

  it('trains eagerly with an optimiser of tfjs', () => {
    const w = tf.variable(tf.scalar(0));
    const optimizer = tf.train.sgd(0.25);
    // Each step halves the distance to 3: the gradient of (w - 3)^2 is 2 (w - 3).
    for (let i = 0; i < 4; i++) optimizer.minimize(() => tf.square(tf.sub(w, 3)) as tf.Scalar);
    expect(w.dataSync()[0]).toBe(3 - 3 / 16);
  });

  it('lets go of what is disposed, and shares the numbers of a clone', () => {
    const before = tf.memory();
    const x = tf.tensor1d([1, 2]);
    const copy = tf.clone(x);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers + 1);
    x.dispose();
    expect(Array.from(copy.dataSync())).toEqual([1, 2]);
    copy.dispose();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
  });

  it.each([
    ['string', () => tf.tensor1d(['a'])],
    ['string', () => tf.fill([2], 'a')],
  ])('refuses %s tensors', (dtype, make) => {
    expect(make).toThrow(`the engine has no ${dtype} tensors, only float32, int32 and bool`);
  });
});
