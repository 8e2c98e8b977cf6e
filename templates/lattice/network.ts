// The network and its settings: an order parameter, learnt where the phases are sure. Edit it to learn in another way.
import { reshape, softmax, type Tensor } from '@tensorflow/tfjs-core';
import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { type TrainContext, trainNetwork } from 'deepfield';
import type { Dataset } from 'deepfield/data-adapters';
import {
  adam,
  classObjective,
  exportModel,
  periodicPadding,
  type RandomStream,
  rowSource,
  warmUpCosine,
} from 'deepfield/engine';
import { z } from 'zod';

const count = z.int().positive();
const share = z.number().gt(0).lt(0.5);

/** The settings of a run: each is a --set key=value, and told by "deepfield info". */
export const config = z
  .strictObject({
    size: z
      .int()
      .min(4)
      .max(128)
      .default(16)
      .describe('side of the lattices that are generated where no --source is given'),
    each: count.default(80).describe('lattices that are generated at each of 45 temperatures'),
    below: z.number().default(1.9).describe('temperature up to which every configuration is ordered; J / kB'),
    above: z.number().default(2.7).describe('temperature from which on every one is disordered; J / kB'),
    test: share.default(0.4).describe('share of the configurations that are measured on'),
    validation: share.default(0.1).describe('share of the configurations that training is watched on'),
    filters: count.default(8).describe('filters of the convolution'),
    epochs: count.default(20).describe('passes over the training configurations, at most'),
    batchSize: count.default(32).describe('configurations in a step'),
    learningRate: z.number().positive().default(0.01).describe('of Adam, at its greatest'),
  })
  .refine(({ below, above }) => below < above, { message: 'below must be less than above', path: ['below'] });
export type Config = z.infer<typeof config>;

export const presets = { quick: {}, standard: { each: 400 }, paper: { size: 40, each: 1000 } };

/** Output of the network that is the ordered phase's. */
export const ordered = 1;

/** A convolution on a torus, the mean of its filters over all places, and two layers: any size of lattice would do. */
function orderNetwork(size: number, filters: number, random: RandomStream): LayersModel {
  const start = (name: string) => initializers.heNormal({ seed: random.split(name).seed() });
  const network = sequential({ name: 'order' });
  const x = { inputShape: [size, size, 1] };
  network.add(layers.reshape({ name: 'lattice', targetShape: [size, size, 1], ...x }));
  network.add(periodicPadding({ name: 'torus', after: 1 }));
  network.add(
    layers.conv2d({
      name: 'neighbours',
      filters,
      kernelSize: 2,
      activation: 'relu',
      kernelInitializer: start('neighbours'),
    }),
  );
  network.add(layers.globalAveragePooling2d({ name: 'mean' }));
  network.add(
    layers.dense({ name: 'hidden', units: 16, activation: 'relu', kernelInitializer: start('hidden') }),
  );
  network.add(layers.dense({ name: 'output', units: 2, kernelInitializer: start('output') }));
  return network;
}

/** Trains on configurations whose phase is sure; those between are left for the figures. */
export async function train(data: Dataset, context: TrainContext<Config>): Promise<void> {
  if (context.hasModel('network')) return;
  const { below, above, filters, epochs, batchSize, learningRate } = context.config;
  const { data: temperature } = data.column('temperature');
  const [size] = data.column('values').shape;
  const sure = (rows: Uint32Array): Uint32Array =>
    rows.filter((row) => temperature[row] <= below || temperature[row] >= above);
  const random = context.random.split('network');
  const model = orderNetwork(size, filters, random.split('weights'));
  const logits = (values: Tensor): Tensor => model.apply(reshape(values, [-1, size, size, 1])) as Tensor;
  const inputs = { values: { shape: [size, size] } };
  const gather = (rows: Uint32Array) => ({
    values: data.take(rows).columns.values.data as Float32Array,
    label: Int32Array.from(rows, (row) => (temperature[row] <= below ? ordered : 1 - ordered)),
  });
  const rows = sure(data.splits.train);
  await trainNetwork(
    {
      id: 'network',
      model,
      objective: classObjective(({ values }) => logits(values), { classes: 2 }),
      optimizer: adam({ learningRate }),
      schedules: { learningRate: warmUpCosine({ peak: learningRate }) },
      inputs: { ...inputs, label: { shape: [1], dtype: 'int32' } },
      train: rowSource({ rows, gather, shuffle: random.split('order') }),
      validation: rowSource({ rows: sure(data.splits.validation), gather }),
      batchSize: Math.min(batchSize, rows.length),
      epochs,
      onnx: () =>
        exportModel(({ values }) => ({ probability: softmax(logits(values)) }), inputs, {
          name: 'network',
          metadata: { size: String(size) },
        }),
    },
    context,
  );
}
