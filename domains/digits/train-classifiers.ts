// Trains the classifiers of a run: those of the settings, and the columns of the committee.
import { openEngine } from '../../core/engine/devices.ts';
import { toLayersFormat } from '../../core/models/layers-format.ts';
import { trainableWeights } from '../../core/models/named-weights.ts';
import { type FitOptions, fit } from '../../core/training/fit.ts';
import { adam } from '../../core/training/optimizers/adam.ts';
import { warmUpCosine } from '../../core/training/schedules.ts';
import type { Dataset } from '../../data-adapters/dataset.ts';
import type { TrainContext } from '../domain.ts';
import { trainNetwork } from '../train-network.ts';
import type { ClassifierSettings, DigitsConfig } from './config.ts';
import type { DistortionOptions } from './distortions.ts';
import type { LossPoint } from './evaluation/curves.ts';
import { distortedSource, imageInputs, imageSource } from './image-source.ts';
import { classifierGalleries, galleriesKey } from './interpretation/network-galleries.ts';
import { classificationObjective } from './networks/classification-objective.ts';
import { answers, type ClassifierChoice, classifier } from './networks/classifier.ts';
import { exportClassifier } from './networks/export-network.ts';
import { classesKey, columnId, lineKey, lossesKey, parametersKey } from './networks/names.ts';
import { classesOf } from './parts.ts';

/** A network of the settings, or a column. */
type Learner = Omit<ClassifierSettings, 'kind'> & Pick<ClassifierChoice, 'kind' | 'width'>;

const distortionOf = ({ rotation, ...settings }: DigitsConfig['distortion']): DistortionOptions => ({
  ...settings,
  rotation: (rotation * Math.PI) / 180,
});

async function trainClassifier(
  data: Dataset,
  { name: id, kind, width, ...settings }: Learner,
  context: TrainContext<DigitsConfig>,
): Promise<void> {
  if (context.hasModel(id)) return;
  const { config } = context;
  const { epochs, batchSize, learningRate, dropout, weightDecay, distortions, images } = settings;
  const classes = classesOf(data);
  const random = context.random.split(id);
  const network = classifier({ kind, classes, dropout, width, random: random.split('weights') });
  const { model, distances } = network;
  const kernels = Object.entries(trainableWeights(model)).filter(([name]) => name.endsWith('kernel'));
  // Networks that learn from few images learn from the same ones, whatever they are called.
  const order = context.random.split('few images').shuffle(data.splits.train.slice());
  const rows = images === undefined ? data.splits.train : order.slice(0, images);
  const distortion = distortionOf(config.distortion);
  const shuffle = random.split('order');
  const finish = async (history: readonly LossPoint[] = []): Promise<Uint8Array> =>
    exportClassifier(network, id, {
      [lineKey]: kind,
      [parametersKey]: String(model.countParams()),
      [classesKey]: JSON.stringify(
        data.provenance.classes ?? Array.from({ length: classes }, (_, k) => String(k)),
      ),
      [lossesKey]: JSON.stringify(history),
      [galleriesKey]: JSON.stringify(
        await classifierGalleries({ id, kind, network, data, random: random.split('pictures') }, context),
      ),
    });
  const learning = {
    model,
    objective: classificationObjective((pixels, training) => answers(network, pixels, training), {
      classes,
      distances,
      decay: { strength: weightDecay, weights: kernels.map(([, variable]) => variable) },
    }),
    optimizer: adam({ learningRate }),
    schedules: { learningRate: warmUpCosine({ peak: learningRate }) },
    inputs: imageInputs,
    train: distortions
      ? distortedSource(data, rows, { shuffle, distortion, threads: context.threads - 1 })
      : imageSource(data, rows, { shuffle }),
    validation: imageSource(data, data.splits.validation),
    batchSize: Math.min(batchSize, rows.length),
    epochs,
  };
  if (images !== undefined) return trainFew(id, learning, finish, context);
  await trainNetwork({ id, ...learning, onnx: () => finish() }, context);
}

/** Networks that learn from few images take seconds: they keep no checkpoints, and their file keeps the whole of their history. */
async function trainFew(
  id: string,
  learning: Omit<FitOptions, 'engine'>,
  finish: (history: readonly LossPoint[]) => Promise<Uint8Array>,
  { device, threads, progress, signal, saveModel }: TrainContext<DigitsConfig>,
): Promise<void> {
  const engine = await openEngine(device, { threads });
  const history: LossPoint[] = [];
  try {
    await fit({
      ...learning,
      engine,
      label: `Training ${id}`,
      progress,
      signal,
      onHistory: ({ epoch, loss, validation }) => {
        const own = { network: id, epoch };
        history.push({ ...own, on: 'training', loss });
        if (validation) history.push({ ...own, on: 'validation', loss: validation.loss });
      },
    });
    await saveModel(id, { onnx: await finish(history), layers: await toLayersFormat(learning.model) });
  } finally {
    await engine.dispose();
    learning.model.dispose();
  }
}

export async function trainClassifiers(data: Dataset, context: TrainContext<DigitsConfig>): Promise<void> {
  const { classifiers, committee } = context.config;
  for (const settings of classifiers) await trainClassifier(data, settings, context);
  const { columns, widths, ...learning } = committee;
  for (let member = 0; member < columns; member++) {
    const width = widths[member % widths.length];
    const column = { ...learning, kind: 'column', width, distortions: true, weightDecay: 0 } as const;
    await trainClassifier(data, { name: columnId(member), ...column }, context);
  }
}
