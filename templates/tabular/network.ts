// The network and its settings: how the classes are learnt. Edit it to learn in another way.
import { div, softmax, sub, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import { type TrainContext, trainNetwork } from 'deepfield';
import type { Dataset } from 'deepfield/data-adapters';
import { adam, classObjective, exportModel, mlp, rowSource, warmUpCosine } from 'deepfield/engine';
import { z } from 'zod';
import { batchOf, featureNames } from './data.ts';

const count = z.int().positive();
const share = z.number().gt(0).lt(0.5);

/** The settings of a run: each is a --set key=value, and told by "deepfield info". */
export const config = z.strictObject({
  target: z.string().default('label').describe('column that is predicted'),
  rows: count.default(4000).describe('rows that are generated where no --source is given'),
  test: share.default(0.25).describe('share of the rows that are measured on'),
  validation: share.default(0.15).describe('share of the rows that training is watched on'),
  hidden: z.array(count).default([32, 32]).describe('units of each hidden layer'),
  epochs: count.default(40).describe('passes over the training rows, at most'),
  batchSize: count.default(64).describe('rows in a step'),
  learningRate: z.number().positive().default(0.005).describe('of Adam, at its greatest'),
});
export type Config = z.infer<typeof config>;

export const presets = { quick: {}, standard: { rows: 20_000 }, paper: { rows: 100_000 } };

/** The network, and one without a hidden layer beside it: logistic regression. */
export const networks = ['network', 'linear'] as const;

/** Mean and standard deviation of each feature. */
function scalesOf(features: Float32Array, width: number): { means: number[]; deviations: number[] } {
  const rows = features.length / width;
  const sums = (term: (value: number, k: number) => number): number[] => {
    const total = new Array<number>(width).fill(0);
    features.forEach((value, i) => {
      total[i % width] += term(value, i % width) / rows;
    });
    return total;
  };
  const means = sums((value) => value);
  // A column that never changes is left as it is.
  const deviations = sums((value, k) => (value - means[k]) ** 2).map((variance) => Math.sqrt(variance) || 1);
  return { means, deviations };
}

async function trainOne(
  id: (typeof networks)[number],
  data: Dataset,
  context: TrainContext<Config>,
): Promise<void> {
  const { hidden, epochs, batchSize, learningRate } = context.config;
  const { train, validation } = data.splits;
  const names = featureNames(data);
  const { classes = [] } = data.provenance;
  const { means, deviations } = scalesOf(batchOf(data, train).features, names.length);
  const random = context.random.split(id);
  const model = mlp({
    inputs: names.length,
    hidden: id === 'linear' ? [] : hidden,
    hiddenActivation: 'relu',
    outputs: classes.length,
    outputActivation: 'linear',
    random: random.split('weights'),
  });
  const logits = (features: Tensor): Tensor =>
    model.apply(div(sub(features, tensor1d(means)), tensor1d(deviations))) as Tensor;
  const inputs = { features: { shape: [names.length] } };
  const gather = (rows: Uint32Array) => batchOf(data, rows);
  await trainNetwork(
    {
      id,
      model,
      objective: classObjective(({ features }) => logits(features), { classes: classes.length }),
      optimizer: adam({ learningRate }),
      schedules: { learningRate: warmUpCosine({ peak: learningRate }) },
      inputs: { ...inputs, label: { shape: [1], dtype: 'int32' } },
      train: rowSource({ rows: train, gather, shuffle: random.split('order') }),
      validation: rowSource({ rows: validation, gather }),
      earlyStopping: { metric: 'loss', mode: 'min', patience: 10 },
      batchSize: Math.min(batchSize, train.length),
      epochs,
      // Raw features in, probabilities out: the scaling is inside, and the file says what its columns and classes are.
      onnx: () =>
        exportModel(({ features }) => ({ probability: softmax(logits(features)) }), inputs, {
          name: id,
          metadata: { columns: JSON.stringify(names), classes: JSON.stringify(classes) },
        }),
    },
    context,
  );
}

export async function train(data: Dataset, context: TrainContext<Config>): Promise<void> {
  for (const id of networks) if (!context.hasModel(id)) await trainOne(id, data, context);
}
