// Trains the networks of a run: for each lattice size one for each seed, on lattices labelled by the side of the critical
// temperature they were drawn at. Lattices at T_c itself have no label and are left out.
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { InferenceModel } from '../../core/engine/inference.ts';
import type { RandomStream } from '../../core/random.ts';
import { rowSource } from '../../core/training/batch-source.ts';
import type { Dataset, Parts, SplitName } from '../../data-adapters/dataset.ts';
import type { TrainContext } from '../domain.ts';
import { trainNetwork } from '../train-network.ts';
import { type Calibration, fitCalibration, identity } from './calibration.ts';
import type { PhasesConfig } from './config.ts';
import { isCritical } from './exact/bayes-bound.ts';
import { criticalTemperature } from './exact/onsager.ts';
import { moveAtRandom } from './lattice-symmetries.ts';
import { learningOptions } from './learning.ts';
import { exportNetwork, networkInput, phaseNetwork, phaseObjective } from './network.ts';
import { orderedProbability } from './outputs.ts';
import { networkId, sizesOf } from './parts.ts';

/** Rows of a split that have a phase. */
export function labelledRows(dataset: Dataset, split: SplitName): Uint32Array {
  const temperatures = dataset.column('temperature').data;
  return dataset.splits[split].filter((row) => !isCritical(temperatures[row]));
}

/**
 * Rows of a split for one of the networks. Lattices sampled here come in numbers that give each network its own to train
 * and to calibrate on, so that the spread of the networks shows what the choice of lattices does; somebody's files are
 * shared by all.
 */
export function ownRows(
  dataset: Dataset,
  split: 'train' | 'validation',
  member: number,
  networks: number,
): Uint32Array {
  const rows = labelledRows(dataset, split);
  if (dataset.provenance.kind !== 'simulated') return rows;
  const temperatures = dataset.column('temperature').data;
  const seen = new Map<number, number>();
  const totals = new Map<number, number>();
  for (const row of rows) totals.set(temperatures[row], (totals.get(temperatures[row]) ?? 0) + 1);
  return rows.filter((row) => {
    const t = temperatures[row];
    const index = seen.get(t) ?? 0;
    seen.set(t, index + 1);
    return Math.floor((index * networks) / totals.get(t)!) === member;
  });
}

/**
 * Reads spins, and the phase as [ordered, disordered], of given rows.
 *
 * @param augment whether to move each lattice by a symmetry, drawn from the batch's stream
 */
export function gatherFrom(dataset: Dataset, augment = false) {
  const { data, shape } = dataset.column('spins');
  const spins = data as Int8Array;
  const temperatures = dataset.column('temperature').data;
  const width = shape.reduce((product, length) => product * length, 1);
  return (rows: Uint32Array, random?: RandomStream) => {
    const taken = new Int8Array(rows.length * width);
    const phase = new Float32Array(rows.length * 2);
    for (let i = 0; i < rows.length; i++) {
      const lattice = spins.subarray(rows[i] * width, (rows[i] + 1) * width);
      const place = taken.subarray(i * width, (i + 1) * width);
      if (augment && random) moveAtRandom(lattice, place, shape[0], random);
      else place.set(lattice);
      phase[2 * i + (temperatures[rows[i]] < criticalTemperature ? 0 : 1)] = 1;
    }
    return { spins: taken, phase };
  };
}

export async function train(parts: Parts, context: TrainContext<PhasesConfig>): Promise<void> {
  for (const size of sizesOf(parts)) {
    for (let member = 0; member < context.config.training.networks; member++) {
      await trainOne(parts[`L${size}`], size, member, context);
    }
  }
}

/** The calibration of a trained network, from its validation lattices. */
async function calibrateNetwork(
  model: LayersModel,
  dataset: Dataset,
  rows: Uint32Array,
  size: number,
  id: string,
): Promise<Calibration> {
  const temperatures = dataset.column('temperature').data;
  const labels = Uint8Array.from(rows, (row) => (temperatures[row] < criticalTemperature ? 1 : 0));
  const raw = await InferenceModel.open(exportNetwork(model, size, identity), id);
  try {
    return fitCalibration(await orderedProbability(dataset, rows, (inputs) => raw.run(inputs)), labels);
  } finally {
    await raw.dispose();
  }
}

async function trainOne(
  dataset: Dataset,
  size: number,
  member: number,
  context: TrainContext<PhasesConfig>,
): Promise<void> {
  const id = networkId(size, member);
  if (context.hasModel(id)) return;
  const { network, training } = context.config;
  const random = context.random.split(id);
  const scale = training.scaling === 'none' ? 1 : size ** 2 / 100;
  const model = phaseNetwork({ ...network, size, random: random.split('weights') });
  const validation = ownRows(dataset, 'validation', member, training.networks);
  await trainNetwork(
    {
      id,
      model,
      objective: phaseObjective(model, size, network.l2 * scale),
      inputs: { [networkInput]: { shape: [size, size], storage: 'int8' }, phase: { shape: [2] } },
      train: rowSource({
        rows: ownRows(dataset, 'train', member, training.networks),
        gather: gatherFrom(dataset, training.augmentation),
        shuffle: random.split('order'),
      }),
      validation: rowSource({ rows: validation, gather: gatherFrom(dataset) }),
      ...learningOptions({ ...training, learningRate: training.learningRate / scale }),
      onnx: async () =>
        exportNetwork(model, size, await calibrateNetwork(model, dataset, validation, size, id)),
    },
    context,
  );
}
