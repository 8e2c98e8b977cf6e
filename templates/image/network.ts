// The networks and their settings: how pictures are told apart. Edit it to learn in another way.
import { cast, div, expandDims, reshape, softmax, type Tensor } from '@tensorflow/tfjs-core';
import { type TrainContext, trainNetwork } from 'deepfield';
import type { Dataset } from 'deepfield/data-adapters';
import {
  adam,
  classObjective,
  exportModel,
  imageClassifier,
  mlp,
  rowSource,
  warmUpCosine,
} from 'deepfield/engine';
import { z } from 'zod';

const count = z.int().positive();
const share = z.number().gt(0).lt(0.5);

/** The settings of a run: each is a --set key=value, and told by "deepfield info". */
export const config = z.strictObject({
  pictures: count.default(3000).describe('pictures that are generated where no --source is given'),
  side: z.int().min(8).max(256).default(28).describe('side that pictures are brought to, pixels'),
  test: share.default(0.25).describe('share of the pictures that are measured on'),
  validation: share.default(0.1).describe('share of the pictures that training is watched on'),
  filters: z
    .array(count)
    .min(1)
    .max(4)
    .default([8, 16])
    .describe('filters of each convolution; each halves the picture'),
  hidden: z.array(count).default([64]).describe('units of each dense layer before the output'),
  dropout: z.number().min(0).max(0.9).default(0.3).describe('share of dense units that a step leaves out'),
  epochs: count.default(15).describe('passes over the training pictures, at most'),
  batchSize: count.default(64).describe('pictures in a step'),
  learningRate: z.number().positive().default(0.003).describe('of Adam, at its greatest'),
});
export type Config = z.infer<typeof config>;

export const presets = {
  quick: {},
  standard: { pictures: 8000 },
  paper: { pictures: 30_000, filters: [16, 32] },
};

/** The network, and logistic regression on the pixels. */
export const networks = ['network', 'linear'] as const;

async function trainOne(
  id: (typeof networks)[number],
  data: Dataset,
  context: TrainContext<Config>,
): Promise<void> {
  const { side, filters, hidden, dropout, epochs, batchSize, learningRate } = context.config;
  const { train, validation } = data.splits;
  const { classes = [] } = data.provenance;
  const random = context.random.split(id);
  const common = { classes: classes.length, random: random.split('weights') };
  const model =
    id === 'network'
      ? imageClassifier({
          size: side,
          convolutions: filters.map((each) => ({ filters: each, kernelSize: 3, padding: 'same', pool: 2 })),
          hidden,
          dropoutRate: dropout,
          ...common,
        })
      : mlp({
          inputs: side ** 2,
          hidden: [],
          hiddenActivation: 'relu',
          outputs: classes.length,
          outputActivation: 'linear',
          ...common,
        });
  const logits = (pixels: Tensor, training: boolean): Tensor => {
    const greys = div(cast(pixels, 'float32'), 255);
    return model.apply(id === 'network' ? expandDims(greys, 3) : reshape(greys, [-1, side ** 2]), {
      training,
    }) as Tensor;
  };
  const inputs = { pixels: { shape: [side, side], dtype: 'int32' } } as const;
  const gather = (rows: Uint32Array) => {
    const { pixels, label } = data.take(rows).columns;
    return { pixels: pixels.data as Uint8Array, label: label.data as Int32Array };
  };
  await trainNetwork(
    {
      id,
      model,
      objective: classObjective(({ pixels }, training) => logits(pixels, training), {
        classes: classes.length,
      }),
      optimizer: adam({ learningRate }),
      schedules: { learningRate: warmUpCosine({ peak: learningRate }) },
      inputs: { pixels: { ...inputs.pixels, storage: 'uint8' }, label: { shape: [1], dtype: 'int32' } },
      train: rowSource({ rows: train, gather, shuffle: random.split('order') }),
      validation: rowSource({ rows: validation, gather }),
      earlyStopping: { metric: 'loss', mode: 'min', patience: 5 },
      batchSize: Math.min(batchSize, train.length),
      epochs,
      onnx: () =>
        exportModel(({ pixels }) => ({ probability: softmax(logits(pixels, false)) }), inputs, {
          name: id,
          metadata: { classes: JSON.stringify(classes) },
        }),
    },
    context,
  );
}

export async function train(data: Dataset, context: TrainContext<Config>): Promise<void> {
  for (const id of networks) if (!context.hasModel(id)) await trainOne(id, data, context);
}
