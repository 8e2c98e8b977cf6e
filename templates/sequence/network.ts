// The networks and their settings: how order is learnt, and what counts alone would say. Edit it to learn in another way.
import { cast, concat, expandDims, log1p, oneHot, softmax, sum, type Tensor } from '@tensorflow/tfjs-core';
import { initializers, input, type LayersModel, layers, model } from '@tensorflow/tfjs-layers';
import { type TrainContext, trainNetwork } from 'deepfield';
import type { Dataset } from 'deepfield/data-adapters';
import {
  adam,
  classObjective,
  exportModel,
  gru,
  mlp,
  type RandomStream,
  rowSource,
  warmUpCosine,
} from 'deepfield/engine';
import { z } from 'zod';

const count = z.int().positive();
const share = z.number().gt(0).lt(0.5);

/** The settings of a run: each is a --set key=value, and told by "deepfield info". */
export const config = z.strictObject({
  histories: count.default(3000).describe('histories that are generated where no --source is given'),
  length: count.default(24).describe('events of a history that are looked at, the last ones'),
  vocabulary: count.default(200).describe('kinds of events that are told apart, the most frequent ones'),
  test: share.default(0.25).describe('share of the histories that are measured on'),
  validation: share.default(0.15).describe('share of the histories that training is watched on'),
  units: count.default(24).describe('size of the state that the network carries from event to event'),
  epochs: count.default(20).describe('passes over the training histories, at most'),
  batchSize: count.default(64).describe('histories in a step'),
  learningRate: z.number().positive().default(0.01).describe('of Adam, at its greatest'),
});
export type Config = z.infer<typeof config>;

export const presets = {
  quick: {},
  standard: { histories: 10_000 },
  paper: { histories: 30_000, units: 64 },
};

/** The network, and logistic regression on how often each kind of event happened. */
export const networks = ['network', 'counts'] as const;

/** The most frequent kinds of events among some rows. */
function vocabularyOf({ provenance, columns }: Dataset, rows: ArrayLike<number>, most: number): string[] {
  const { codes: names = [] } = provenance;
  const [length] = columns.codes.shape;
  const counts = new Array<number>(names.length).fill(0);
  for (const row of Array.from(rows))
    for (let t = 0; t < length; t++) counts[columns.codes.data[row * length + t] - 1] += 1;
  const order = names.map((_, k) => k).sort((a, b) => counts[b] - counts[a]);
  return order.slice(0, most).flatMap((k) => (counts[k] > 0 ? [names[k]] : []));
}

/** Number of a kind of event for the networks: 0 where nothing happened, then the vocabulary, then all others. */
export function numbering(vocabulary: readonly string[]): (what: string) => number {
  const numbers = new Map(vocabulary.map((name, k) => [name, k + 1]));
  return (what) => numbers.get(what) ?? vocabulary.length + 1;
}

/** Sequences of some rows with codes as the networks count them. */
export function batchOf(data: Dataset, rows: ArrayLike<number>, vocabulary: readonly string[]) {
  const { codes, gaps, label } = data.take(rows).columns;
  const own = [0, ...(data.provenance.codes ?? []).map(numbering(vocabulary))];
  return {
    codes: Int32Array.from(codes.data, (code) => own[code]),
    gaps: gaps.data as Float32Array,
    label: label.data as Int32Array,
  };
}

/** A recurrent network: [rows, T, kinds + 1] -> its last state -> logits. */
function recurrent(
  length: number,
  width: number,
  units: number,
  classes: number,
  random: RandomStream,
): LayersModel {
  const seed = (name: string): number => random.split(name).seed();
  const x = input({ shape: [length, width] });
  const kernelInitializer = initializers.glorotUniform({ seed: seed('kernel') });
  const recurrentInitializer = initializers.glorotUniform({ seed: seed('recurrent') });
  const state = gru({ name: 'state', units, kernelInitializer, recurrentInitializer }).apply(x);
  const start = initializers.glorotUniform({ seed: seed('output') });
  const output = layers.dense({ name: 'output', units: classes, kernelInitializer: start }).apply(state);
  return model({ name: 'recurrent', inputs: x, outputs: output as ReturnType<typeof input> });
}

async function trainOne(
  id: (typeof networks)[number],
  data: Dataset,
  context: TrainContext<Config>,
): Promise<void> {
  const { length, vocabulary: most, units, epochs, batchSize, learningRate } = context.config;
  const { train, validation } = data.splits;
  const { classes = [] } = data.provenance;
  const vocabulary = vocabularyOf(data, train, most);
  const kinds = vocabulary.length + 2;
  const random = context.random.split(id);
  const start = random.split('weights');
  const network =
    id === 'network'
      ? recurrent(length, kinds + 1, units, classes.length, start)
      : mlp({
          inputs: kinds,
          hidden: [],
          hiddenActivation: 'relu',
          outputs: classes.length,
          outputActivation: 'linear',
          random: start,
        });
  const logits = ({ codes, gaps }: Record<string, Tensor>): Tensor => {
    const events = cast(oneHot(codes as never, kinds), 'float32');
    return network.apply(
      id === 'network' ? concat([events, expandDims(log1p(gaps), 2)], 2) : sum(events, 1),
    ) as Tensor;
  };
  const inputs = { codes: { shape: [length], dtype: 'int32' }, gaps: { shape: [length] } } as const;
  const gather = (rows: Uint32Array) => batchOf(data, rows, vocabulary);
  await trainNetwork(
    {
      id,
      model: network,
      objective: classObjective(logits, { classes: classes.length }),
      optimizer: adam({ learningRate }),
      schedules: { learningRate: warmUpCosine({ peak: learningRate }) },
      inputs: { ...inputs, label: { shape: [1], dtype: 'int32' } },
      train: rowSource({ rows: train, gather, shuffle: random.split('order') }),
      validation: rowSource({ rows: validation, gather }),
      earlyStopping: { metric: 'loss', mode: 'min', patience: 8 },
      batchSize: Math.min(batchSize, train.length),
      epochs,
      onnx: () =>
        exportModel((given) => ({ probability: softmax(logits(given)) }), inputs, {
          name: id,
          metadata: { vocabulary: JSON.stringify(vocabulary), classes: JSON.stringify(classes) },
        }),
    },
    context,
  );
}

export async function train(data: Dataset, context: TrainContext<Config>): Promise<void> {
  for (const id of networks) if (!context.hasModel(id)) await trainOne(id, data, context);
}
