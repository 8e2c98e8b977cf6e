// Trains one network of a run and saves it, with the run's engine, checkpoints and history: what every domain's training
// ends in, be it by itself or against a discriminator.
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { openEngine } from '../core/engine/devices.ts';
import { toLayersFormat } from '../core/models/layers-format.ts';
import { type AdversarialOptions, trainAdversarially } from '../core/training/adversarial.ts';
import { type FitOptions, fit } from '../core/training/fit.ts';
import type { LoopOptions } from '../core/training/training-loop.ts';
import type { TrainContext } from './domain.ts';

/** What comes from the run. */
type FromRun = 'engine' | 'label' | 'checkpoints' | 'progress' | 'signal' | 'onHistory' | 'onResume';

interface Saved {
  readonly id: string;
  /** The model file, asked for once trained. */
  readonly onnx: () => Uint8Array | Promise<Uint8Array>;
}

/** A network and how it learns; the rest of {@link FitOptions} comes from the run. */
export interface NetworkTraining extends Omit<FitOptions, FromRun>, Saved {}

/** A generator and how it learns; the rest of {@link AdversarialOptions} comes from the run. */
export interface GeneratorTraining extends Omit<AdversarialOptions, FromRun>, Saved {}

const capitalised = (name: string): string => name[0].toUpperCase() + name.slice(1);

/** Validation metrics under the names of metrics.jsonl: `validationLoss`. */
const validationMetrics = (metrics: Readonly<Record<string, number>> = {}): Record<string, number> =>
  Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [`validation${capitalised(name)}`, value]),
  );

/** Trains networks by `loop`, saves the first and disposes of all. */
async function trainAndSave<Config>(
  { id, onnx }: Saved,
  networks: readonly [LayersModel, ...LayersModel[]],
  context: TrainContext<Config>,
  loop: (fromRun: Pick<LoopOptions, FromRun>) => Promise<unknown>,
): Promise<void> {
  const engine = await openEngine(context.device, { threads: context.threads });
  try {
    await loop({
      engine,
      label: `Training ${id}`,
      checkpoints: context.checkpointDirectory(id),
      progress: context.progress,
      signal: context.signal,
      onResume: (step) => context.rewind((line) => line.model !== id || Number(line.step) <= step),
      onHistory: ({ step, loss, parts, rates, validation }) =>
        context.record({ model: id, step, loss, ...parts, ...rates, ...validationMetrics(validation) }),
    });
    await context.saveModel(id, { onnx: await onnx(), layers: await toLayersFormat(networks[0]) });
  } finally {
    await engine.dispose();
    for (const network of networks) network.dispose();
  }
}

/** Trains, saves and disposes of the network. */
export const trainNetwork = <Config>(
  { id, onnx, ...options }: NetworkTraining,
  context: TrainContext<Config>,
): Promise<void> =>
  trainAndSave({ id, onnx }, [options.model], context, (fromRun) => fit({ ...options, ...fromRun }));

/** Trains a generator against its discriminator, saves it and disposes of both. */
export const trainGenerator = <Config>(
  { id, onnx, ...options }: GeneratorTraining,
  context: TrainContext<Config>,
): Promise<void> =>
  trainAndSave({ id, onnx }, [options.generator, options.discriminator], context, (fromRun) =>
    trainAdversarially({ ...options, ...fromRun }),
  );
