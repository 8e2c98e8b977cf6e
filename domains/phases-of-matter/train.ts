// Trains the networks of a run: for each lattice size one for each seed, on lattices labelled by the side of the critical
// temperature they were drawn at. Lattices at T_c itself have no label and are left out.
import { openEngine } from '../../core/engine/devices.ts';
import { rowSource } from '../../core/training/batch-source.ts';
import { fit } from '../../core/training/fit.ts';
import { adam } from '../../core/training/optimizers/adam.ts';
import type { Dataset, Parts, SplitName } from '../../data-adapters/dataset.ts';
import type { TrainContext } from '../domain.ts';
import type { PhasesConfig } from './config.ts';
import { isCritical } from './exact/bayes-bound.ts';
import { criticalTemperature } from './exact/onsager.ts';
import { networkInput, phaseNetwork, phaseObjective, saveNetwork } from './network.ts';
import { networkId, sizesOf } from './parts.ts';

/** Rows of a split that have a phase. */
export function labelledRows(dataset: Dataset, split: SplitName): Uint32Array {
  const temperatures = dataset.column('temperature').data;
  return dataset.splits[split].filter((row) => !isCritical(temperatures[row]));
}

/** Spins, and the phase as [ordered, disordered], for the given rows. */
function gatherFrom(dataset: Dataset) {
  const { data, shape } = dataset.column('spins');
  const spins = data as Int8Array;
  const temperatures = dataset.column('temperature').data;
  const width = shape[0] * shape[1];
  return (rows: Uint32Array) => {
    const taken = new Int8Array(rows.length * width);
    const phase = new Float32Array(rows.length * 2);
    for (let i = 0; i < rows.length; i++) {
      taken.set(spins.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
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
  const model = phaseNetwork({ ...network, size, random: random.split('weights') });
  const gather = gatherFrom(dataset);
  const engine = await openEngine(context.device, { threads: context.threads });
  try {
    await fit({
      engine,
      model,
      label: `Training ${id}`,
      objective: phaseObjective(model, size, network.l2),
      optimizer: adam({ learningRate: training.learningRate }),
      inputs: { [networkInput]: { shape: [size, size], storage: 'int8' }, phase: { shape: [2] } },
      train: rowSource({ rows: labelledRows(dataset, 'train'), gather, shuffle: random.split('order') }),
      validation: rowSource({ rows: labelledRows(dataset, 'validation'), gather }),
      batchSize: training.batchSize,
      steps: training.steps,
      evaluateEvery: training.evaluateEvery,
      checkpoints: context.checkpointDirectory(id),
      progress: context.progress,
      signal: context.signal,
      onResume: (step) => context.rewind((line) => line.model !== id || Number(line.step) <= step),
      onHistory: ({ step, loss, rates, validation }) =>
        context.record({
          model: id,
          step,
          loss,
          learningRate: rates.learningRate,
          validationLoss: validation?.loss,
        }),
    });
    await context.saveModel(id, await saveNetwork(model, size));
  } finally {
    await engine.dispose();
    model.dispose();
  }
}
