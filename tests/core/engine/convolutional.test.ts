// A small convolutional classifier, trained on the engine and on tfjs's CPU backend.
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { openEngine } from '../../../core/engine/devices.ts';
import { exportModel } from '../../../core/engine/export.ts';
import { InferenceModel } from '../../../core/engine/inference.ts';
import '../../../core/engine/tfjs.ts';
import { dropout } from '../../../core/models/dropout.ts';
import { namedWeights } from '../../../core/models/named-weights.ts';
import { RandomStream } from '../../../core/random.ts';
import { rowSource } from '../../../core/training/batch-source.ts';
import { fit } from '../../../core/training/fit.ts';
import { categoricalCrossEntropy } from '../../../core/training/losses.ts';
import { adam } from '../../../core/training/optimizers/adam.ts';

const rows = 60;
const random = new RandomStream(2, 'images');
const labels = Uint8Array.from({ length: rows }, () => random.integer(3));
/** A bright bar whose direction is the class: horizontal, vertical, diagonal. */
const images = Float32Array.from({ length: rows * 64 }, (_, i) => {
  const [image, row, column] = [i >> 6, (i >> 3) & 7, i & 7];
  const inside = [row === 3, column === 4, row === column][labels[image]];
  return (inside ? 1 : 0) + 0.1 * random.normal();
});
const gather = (taken: Uint32Array) => ({
  x: Float32Array.from({ length: taken.length * 64 }, (_, i) => images[taken[i >> 6] * 64 + (i & 63)]),
  y: Float32Array.from({ length: taken.length * 3 }, (_, i) =>
    labels[taken[Math.floor(i / 3)]] === i % 3 ? 1 : 0,
  ),
});

function classifier() {
  const seeded = (seed: number) => ({ kernelInitializer: initializers.glorotUniform({ seed }) });
  return sequential({
    layers: [
      layers.conv2d({
        name: 'conv1',
        filters: 4,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        inputShape: [8, 8, 1],
        ...seeded(1),
      }),
      layers.maxPooling2d({ name: 'pool1', poolSize: 2 }),
      layers.conv2d({
        name: 'conv2',
        filters: 6,
        kernelSize: 3,
        strides: 2,
        activation: 'tanh',
        ...seeded(2),
      }),
      layers.batchNormalization({ name: 'norm' }),
      layers.flatten({ name: 'flat' }),
      dropout({ rate: 0.2, seed: 3, name: 'drop' }),
      layers.dense({ name: 'output', units: 3, activation: 'softmax', ...seeded(4) }),
    ],
  });
}

async function train(device: string) {
  const model = classifier();
  const losses: number[] = [];
  await fit({
    engine: await openEngine(device),
    model,
    optimizer: adam({ learningRate: 0.01 }),
    inputs: { x: { shape: [8, 8, 1] }, y: { shape: [3] } },
    objective: ({ x, y, weight }, training) => ({
      loss: categoricalCrossEntropy(y, model.apply(x, { training }) as tf.Tensor, weight),
    }),
    train: rowSource({
      rows: Array.from({ length: rows }, (_, i) => i),
      gather,
      shuffle: new RandomStream(9, 'order'),
    }),
    batchSize: 20,
    epochs: 10,
    onHistory: ({ loss }) => losses.push(loss),
  });
  return { model, losses };
}

it('trains as on the reference device, batch statistics included, and exports to a model for any number of rows', async () => {
  const compiled = await train('cpu');
  const reference = await train('reference');
  expect(compiled.losses.at(-1)).toBeLessThan(0.5 * compiled.losses[0]);
  compiled.losses.forEach((loss, i) => {
    // Float32 sums in another order, amplified over 30 steps of Adam.
    expect(Math.abs(loss - reference.losses[i])).toBeLessThan(1e-3);
  });
  const movingMean = Array.from(namedWeights(compiled.model)['norm/moving_mean'].dataSync());
  expect(movingMean.some((value) => value !== 0)).toBe(true);

  const bytes = exportModel(({ image }) => ({ class: compiled.model.apply(image) as tf.Tensor }), {
    image: { shape: [8, 8, 1] },
  });
  const served = await InferenceModel.open(bytes, 'classifier');
  for (const n of [1, 7, rows]) {
    const data = images.slice(0, n * 64);
    const { class: probabilities } = await served.run({
      image: { dtype: 'float32', shape: [n, 8, 8, 1], data },
    });
    const expected = (compiled.model.predict(tf.tensor(data, [n, 8, 8, 1])) as tf.Tensor).dataSync();
    expect(probabilities.shape).toEqual([n, 3]);
    // One forward pass in float32.
    probabilities.data.forEach((p, i) => {
      expect(Math.abs(p - expected[i])).toBeLessThan(1e-5);
    });
  }
  await served.dispose();
});
