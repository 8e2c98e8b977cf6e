// Trains the networks of a study of bonds: each from its own seed and on lattices of its own. No early stopping: the gauge
// theory's network stays on a plateau for a thousand steps before it learns anything.
import { openEngine } from '../../../../core/engine/devices.ts';
import { toLayersFormat } from '../../../../core/models/layers-format.ts';
import type { RandomStream } from '../../../../core/random.ts';
import { rowSource } from '../../../../core/training/batch-source.ts';
import { fit } from '../../../../core/training/fit.ts';
import { adam } from '../../../../core/training/optimizers/adam.ts';
import { cosineDecay } from '../../../../core/training/schedules.ts';
import type { Dataset } from '../../../../data-adapters/dataset.ts';
import type { TrainContext } from '../../../domain.ts';
import type { PhasesConfig } from '../../config.ts';
import { networkInput } from '../../network.ts';
import { gatherFrom, labelledRows, ownRows } from '../../train.ts';
import { type BondNetwork, exportBondNetwork } from './bond-network.ts';

export interface BondTraining {
  readonly networks: number;
  readonly steps: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly schedule: 'cosine' | 'constant';
  /** Evaluations on the validation lattices, evenly over the steps. */
  readonly evaluations: number;
}

/** Id of one of the networks of a kind; `member` counts from 0: `square-ice-1`. */
export const bondNetworkId = (kind: string, member: number): string => `${kind}-${member + 1}`;

/** Trains and saves the networks `kind-1`, `kind-2` ... that are not there yet. */
export async function trainBondNetworks(
  kind: string,
  dataset: Dataset,
  build: (random: RandomStream) => BondNetwork,
  training: BondTraining,
  context: TrainContext<PhasesConfig>,
): Promise<void> {
  for (let member = 0; member < training.networks; member++) {
    const id = bondNetworkId(kind, member);
    if (!context.hasModel(id)) await trainOne(id, member, dataset, build, training, context);
  }
}

async function trainOne(
  id: string,
  member: number,
  dataset: Dataset,
  build: (random: RandomStream) => BondNetwork,
  { networks, steps, batchSize, learningRate, schedule, evaluations }: BondTraining,
  context: TrainContext<PhasesConfig>,
): Promise<void> {
  const random = context.random.split(id);
  const network = build(random.split('weights'));
  const { model, objective } = network;
  const gather = gatherFrom(dataset);
  const spins = { shape: dataset.column('spins').shape, storage: 'int8' } as const;
  const engine = await openEngine(context.device, { threads: context.threads });
  try {
    await fit({
      engine,
      model,
      label: `Training ${id}`,
      objective,
      optimizer: adam({ learningRate }),
      schedules: schedule === 'cosine' ? { learningRate: cosineDecay({ initial: learningRate }) } : {},
      inputs: { [networkInput]: spins, phase: { shape: [2] } },
      train: rowSource({
        rows: ownRows(dataset, 'train', member, networks),
        gather,
        shuffle: random.split('order'),
      }),
      validation: rowSource({ rows: labelledRows(dataset, 'validation'), gather }),
      batchSize,
      steps,
      evaluateEvery: Math.ceil(steps / evaluations),
      stepsPerCall: 5,
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
          validationAccuracy: validation?.accuracy,
        }),
    });
    const layers = await toLayersFormat(model);
    await context.saveModel(id, { onnx: exportBondNetwork(network, `phases-of-matter-${id}`), layers });
  } finally {
    await engine.dispose();
    model.dispose();
  }
}
