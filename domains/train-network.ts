// Trains one network of a run and saves it, with the run's engine, checkpoints and history: what every domain's training
// ends in.
import { openEngine } from '../core/engine/devices.ts';
import { toLayersFormat } from '../core/models/layers-format.ts';
import { type FitOptions, fit } from '../core/training/fit.ts';
import type { TrainContext } from './domain.ts';

/** A network and how it learns; the rest of {@link FitOptions} comes from the run. */
export interface NetworkTraining
  extends Omit<
    FitOptions,
    'engine' | 'label' | 'checkpoints' | 'progress' | 'signal' | 'onHistory' | 'onResume'
  > {
  readonly id: string;
  /** The model file, asked for once trained. */
  readonly onnx: () => Uint8Array | Promise<Uint8Array>;
}

const capitalised = (name: string): string => name[0].toUpperCase() + name.slice(1);

/** Validation metrics under the names of metrics.jsonl: `validationLoss`. */
const validationMetrics = (metrics: Readonly<Record<string, number>> = {}): Record<string, number> =>
  Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [`validation${capitalised(name)}`, value]),
  );

/** Trains, saves and disposes of the network. */
export async function trainNetwork<Config>(
  { id, onnx, ...options }: NetworkTraining,
  context: TrainContext<Config>,
): Promise<void> {
  const { model } = options;
  const engine = await openEngine(context.device, { threads: context.threads });
  try {
    await fit({
      ...options,
      engine,
      label: `Training ${id}`,
      checkpoints: context.checkpointDirectory(id),
      progress: context.progress,
      signal: context.signal,
      onResume: (step) => context.rewind((line) => line.model !== id || Number(line.step) <= step),
      onHistory: ({ step, loss, rates, validation }) =>
        context.record({ model: id, step, loss, ...rates, ...validationMetrics(validation) }),
    });
    await context.saveModel(id, { onnx: await onnx(), layers: await toLayersFormat(model) });
  } finally {
    await engine.dispose();
    model.dispose();
  }
}
