// Networks with layers of their own come back from the layers format with the same answers.
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { autoencoder } from '../../../core/models/autoencoder.ts';
import { toLayersFormat } from '../../../core/models/layers-format.ts';
import { lenet5 } from '../../../core/models/lenet5.ts';
import { rowReader } from '../../../core/models/row-reader.ts';
import { RandomStream } from '../../../core/random.ts';

const random = new RandomStream(4);

async function reloaded(model: LayersModel): Promise<LayersModel> {
  const { json, weights } = await toLayersFormat(model);
  const { modelTopology, weightsManifest } = JSON.parse(json);
  const weightSpecs = weightsManifest[0].weights;
  return loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs, weightData: weights.slice().buffer as ArrayBuffer }),
  );
}

const numbers = (answer: unknown): number[] =>
  [answer as tf.Tensor | tf.Tensor[]].flat().flatMap((tensor) => Array.from(tensor.dataSync()));

describe.each([
  ['LeNet-5', lenet5({ classes: 10, random }), [2, 32, 32, 1]],
  [
    'LeNet-5 with codes',
    lenet5({ classes: 2, codes: [new Array(84).fill(1), new Array(84).fill(-1)], random }),
    [2, 32, 32, 1],
  ],
  ['a tied autoencoder', autoencoder({ inputs: 9, hidden: [5], code: 3, tied: true, random }), [2, 9]],
  [
    'a gated reader of rows',
    rowReader({ kind: 'gru', rows: 4, width: 3, units: 5, classes: 2, random }),
    [2, 4, 3],
  ],
] as const)('%s', (_, model, shape) => {
  it('answers as before', async () => {
    const x = tf.randomNormal([...shape], 0, 1, 'float32', 3);
    const again = await reloaded(model);
    expect(numbers(again.apply(x))).toEqual(numbers(model.apply(x)));
  });
});
