// One network for all trial temperatures: the hidden layer of the paper's network with an output for each of them, which
// says whether a lattice was drawn below it. Networks of their own for each would cost as many trainings and share
// nothing; the W is the same.
import { add, cast, div, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { exportModel } from '../../../../core/engine/export.ts';
import { mlp } from '../../../../core/models/mlp.ts';
import { rowSource } from '../../../../core/training/batch-source.ts';
import { binaryCrossEntropy } from '../../../../core/training/losses.ts';
import type { Dataset } from '../../../../data-adapters/dataset.ts';
import type { TrainContext } from '../../../domain.ts';
import { trainNetwork } from '../../../train-network.ts';
import type { PhasesConfig } from '../../config.ts';
import { trialTemperatures } from '../../exact/confusion-curve.ts';
import { learningOptions } from '../../learning.ts';

export const spinsInput = 'spins';
/** Probability of having been drawn below each trial temperature, [rows, trials]. */
export const belowOutput = 'below';
/** Key of the file's metadata: the trial temperatures as JSON, J/kB. */
export const trialsKey = 'trials';

/** 1 for each trial between two neighbours of the ascending grid that lies above the temperature, else 0. */
export const belowLabels = (temperature: number, grid: readonly number[]): Float32Array =>
  Float32Array.from(grid.slice(1), (_, k) => (temperature <= grid[k] ? 1 : 0));

function gatherFrom(dataset: Dataset, grid: readonly number[]) {
  const { data: spins, shape } = dataset.column('spins');
  const temperatures = dataset.column('temperature').data;
  const width = shape[0] * shape[1];
  const labels = new Map(grid.map((temperature) => [temperature, belowLabels(temperature, grid)]));
  return (rows: Uint32Array) => {
    const taken = new Int8Array(rows.length * width);
    const below = new Float32Array(rows.length * (grid.length - 1));
    for (let i = 0; i < rows.length; i++) {
      taken.set(spins.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
      below.set(labels.get(temperatures[rows[i]]) ?? [], i * (grid.length - 1));
    }
    return { [spinsInput]: taken, [belowOutput]: below };
  };
}

/** Trains and saves one network on the given rows. */
export async function trainConfused(
  id: string,
  dataset: Dataset,
  rows: Uint32Array,
  grid: readonly number[],
  context: TrainContext<PhasesConfig>,
): Promise<void> {
  const [size] = dataset.column('spins').shape;
  const { initialDeviation, initialBias } = context.config.network;
  const { hiddenUnits, ...learning } = context.config.confusion;
  const model = mlp({
    inputs: size ** 2,
    hidden: [hiddenUnits],
    hiddenActivation: 'sigmoid',
    outputs: grid.length - 1,
    outputActivation: 'sigmoid',
    initialisation: { kind: 'truncated-normal', standardDeviation: initialDeviation },
    bias: initialBias,
    random: context.random.split(id, 'weights'),
  });
  const outputs = (spins: Tensor): Tensor =>
    model.apply(reshape(div(add(cast(spins, 'float32'), 1), 2), [-1, size ** 2])) as Tensor;
  const network = {
    id,
    model,
    objective: ({ [spinsInput]: spins, [belowOutput]: below, weight }: Record<string, Tensor>) => ({
      loss: binaryCrossEntropy(below, outputs(spins), weight),
    }),
    inputs: {
      [spinsInput]: { shape: [size, size], storage: 'int8' as const },
      [belowOutput]: { shape: [grid.length - 1] },
    },
    train: rowSource({ rows, gather: gatherFrom(dataset, grid), shuffle: context.random.split(id, 'order') }),
    ...learningOptions(learning),
    onnx: () =>
      exportModel(
        ({ [spinsInput]: spins }) => ({ [belowOutput]: outputs(spins) }),
        { [spinsInput]: { shape: [size, size], dtype: 'int32' } },
        {
          name: `phases-of-matter-${id}`,
          metadata: {
            [spinsInput]: `spins -1 and +1 of a square lattice, [rows, ${size}, ${size}]`,
            [belowOutput]: `probability of having been drawn below each trial temperature, [rows, ${grid.length - 1}]`,
            [trialsKey]: JSON.stringify(trialTemperatures(grid).slice(1, -1)),
          },
        },
      ),
  };
  await trainNetwork(network, context);
}
