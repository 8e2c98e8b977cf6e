// Trains the autoencoders of a run and finds its principal components. The file of each says above which error an image is strange.
import { randomisedPca } from '../../core/algebra/randomised-pca.ts';
import { openEngine } from '../../core/engine/devices.ts';
import { InferenceModel } from '../../core/engine/inference.ts';
import { quantile } from '../../core/metrics/bootstrap.ts';
import { autoencoder } from '../../core/models/autoencoder.ts';
import { convolutionalAutoencoder } from '../../core/models/convolutional-autoencoder.ts';
import type { RandomStream } from '../../core/random.ts';
import { adam } from '../../core/training/optimizers/adam.ts';
import { cosineDecay } from '../../core/training/schedules.ts';
import type { Dataset } from '../../data-adapters/dataset.ts';
import type { TrainContext } from '../domain.ts';
import { trainNetwork } from '../train-network.ts';
import type { AutoencoderSettings, DigitsConfig } from './config.ts';
import { imageSource, pixelInputs } from './image-source.ts';
import { encoderGallery, galleriesKey } from './interpretation/network-galleries.ts';
import { exportAutoencoder, exportComponents } from './networks/export-network.ts';
import {
  componentsId,
  errorOutput,
  lineKey,
  parametersKey,
  pixelsInput,
  thresholdKey,
} from './networks/names.ts';
import { reconstructionObjective } from './networks/reconstruction-objective.ts';
import { pixelsOf, pixelsOfImage, side } from './parts.ts';

/** What the metadata of an autoencoder's file has for {@link lineKey}. */
export const autoencoderKind = 'autoencoder';

/** The threshold of a model file, from the errors of validation images. */
async function strangeAbove(
  onnx: Uint8Array,
  id: string,
  data: Dataset,
  level: number,
): Promise<Record<string, string>> {
  const model = await InferenceModel.open(onnx, id);
  try {
    const rows = data.splits.validation.slice(0, 5000);
    const shape = [rows.length, side, side];
    const answer = await model.run({ [pixelsInput]: { dtype: 'int32', shape, data: pixelsOf(data, rows) } });
    const errors = Float64Array.from(answer[errorOutput].data).sort();
    return { [thresholdKey]: String(quantile(errors, level)) };
  } finally {
    await model.dispose();
  }
}

const networkOf = (settings: AutoencoderSettings, random: RandomStream) =>
  settings.kind === 'convolutional'
    ? convolutionalAutoencoder({ random })
    : autoencoder({ ...settings, inputs: pixelsOfImage, random });

export async function trainAutoencoder(
  data: Dataset,
  settings: AutoencoderSettings,
  context: TrainContext<DigitsConfig>,
): Promise<void> {
  const { name: id, l1, kl, klTarget, noise, epochs } = settings;
  if (context.hasModel(id)) return;
  const { autoencoding, evaluation } = context.config;
  const { batchSize } = autoencoding;
  const { learningRate = autoencoding.learningRate, schedule = autoencoding.schedule } = settings;
  const random = context.random.split(id);
  const model = networkOf(settings, random.split('weights'));
  const about = { [lineKey]: autoencoderKind, [parametersKey]: String(model.countParams()) };
  await trainNetwork(
    {
      id,
      model,
      objective: reconstructionObjective(model, {
        l1,
        ...(kl > 0 ? { sparsity: { rho: klTarget, strength: kl } } : {}),
        ...(noise > 0 ? { noise: { deviation: noise, seed: random.split('noise').seed() } } : {}),
      }),
      optimizer: adam({ learningRate }),
      schedules: schedule === 'cosine' ? { learningRate: cosineDecay({ initial: learningRate }) } : {},
      inputs: pixelInputs,
      train: imageSource(data, data.splits.train, { shuffle: random.split('order'), labelled: false }),
      validation: imageSource(data, data.splits.validation, { labelled: false }),
      batchSize,
      epochs,
      onnx: async () => {
        const raw = exportAutoencoder(model, id);
        const threshold = await strangeAbove(raw, id, data, evaluation.warnAbove);
        const galleries = { [galleriesKey]: JSON.stringify(encoderGallery(model, id)) };
        return exportAutoencoder(model, id, { ...about, ...threshold, ...galleries });
      },
    },
    context,
  );
}

/** Principal components of the training images as a network of two products. */
export async function findComponents(
  data: Dataset,
  count: number,
  context: TrainContext<DigitsConfig>,
): Promise<void> {
  const id = componentsId(count);
  if (context.hasModel(id)) return;
  const { train } = data.splits;
  const pixels = data.column('pixels').data;
  const engine = await openEngine(context.device, { threads: context.threads });
  try {
    const found = await randomisedPca({
      engine,
      rows: train.length,
      width: pixelsOfImage,
      count: Math.min(count, train.length),
      random: context.random.split(id),
      signal: context.signal,
      read: (start, n, into) => {
        for (let row = 0; row < n; row++) {
          const from = train[start + row] * pixelsOfImage;
          for (let i = 0; i < pixelsOfImage; i++) into[row * pixelsOfImage + i] = pixels[from + i] / 255;
        }
      },
    });
    const explained = found.variances.reduce((sum, v) => sum + v, 0) / found.totalVariance;
    const parameters = (found.components.length + 1) * pixelsOfImage;
    const onnx = exportComponents(found, id, {
      [lineKey]: 'components',
      [parametersKey]: String(parameters),
      explained: String(explained),
    });
    await context.saveModel(id, { onnx });
  } finally {
    await engine.dispose();
  }
}
