// Trains one network of a study on lattices of its own and saves it: what the studies beside the paper's share.
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { openEngine } from '../../../core/engine/devices.ts';
import type { InputSpecs } from '../../../core/engine/program.ts';
import { toLayersFormat } from '../../../core/models/layers-format.ts';
import { type RowSourceOptions, rowSource } from '../../../core/training/batch-source.ts';
import { fit } from '../../../core/training/fit.ts';
import type { Objective } from '../../../core/training/objective.ts';
import { adam } from '../../../core/training/optimizers/adam.ts';
import { cosineDecay } from '../../../core/training/schedules.ts';
import type { TrainContext } from '../../domain.ts';
import type { PhasesConfig } from '../config.ts';

/** How long a study's network learns. */
export interface Learning {
  readonly steps: number;
  readonly batchSize: number;
  /** Of Adam, at the start; it ends at 0 by a cosine. */
  readonly learningRate: number;
}

export interface StudyNetwork {
  readonly id: string;
  readonly model: LayersModel;
  readonly objective: Objective;
  /** Of one row. */
  readonly inputs: InputSpecs;
  readonly gather: RowSourceOptions['gather'];
  readonly rows: Uint32Array;
  readonly learning: Learning;
  /** The model file, once trained. */
  readonly onnx: () => Uint8Array;
}

/** Trains, saves and disposes of the network. */
export async function trainNetwork(
  network: StudyNetwork,
  context: TrainContext<PhasesConfig>,
): Promise<void> {
  const { id, model, learning } = network;
  const { steps, batchSize, learningRate } = learning;
  const engine = await openEngine(context.device, { threads: context.threads });
  try {
    await fit({
      engine,
      model,
      label: `Training ${id}`,
      objective: network.objective,
      optimizer: adam({ learningRate }),
      schedules: { learningRate: cosineDecay({ initial: learningRate }) },
      inputs: network.inputs,
      train: rowSource({
        rows: network.rows,
        gather: network.gather,
        shuffle: context.random.split(id, 'order'),
      }),
      batchSize,
      steps,
      evaluateEvery: Math.ceil(steps / 10),
      checkpoints: context.checkpointDirectory(id),
      progress: context.progress,
      signal: context.signal,
      onResume: (step) => context.rewind((line) => line.model !== id || Number(line.step) <= step),
      onHistory: ({ step, loss, rates }) =>
        context.record({ model: id, step, loss, learningRate: rates.learningRate }),
    });
    await context.saveModel(id, { onnx: network.onnx(), layers: await toLayersFormat(model) });
  } finally {
    await engine.dispose();
    model.dispose();
  }
}
