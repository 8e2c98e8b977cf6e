// The networks of a run: one that restores, for every seeing and depth; or, by train-pix2pix.ts, one for each setting.
import { patchDiscriminator } from '../../core/models/patch-discriminator.ts';
import type { BatchSource } from '../../core/training/batch-source.ts';
import { adam } from '../../core/training/optimizers/adam.ts';
import { clipByGlobalNorm } from '../../core/training/optimizers/gradient-clipping.ts';
import { warmUpCosine } from '../../core/training/schedules.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import { cropCentre } from '../../data-adapters/galaxies/sky-image.ts';
import type { TrainContext } from '../domain.ts';
import { trainGenerator, trainNetwork } from '../train-network.ts';
import { calibrateDeviations } from './calibrate-deviations.ts';
import type { GalaxiesConfig } from './config.ts';
import { adversarialRestoration } from './networks/adversarial-restoration.ts';
import { fixedSource } from './networks/fixed-source.ts';
import { networkBands, restorationId, targetInput, truthInput } from './networks/names.ts';
import { networkRow } from './networks/network-inputs.ts';
import {
  type DeviationScale,
  exportRestoration,
  restorationObjective,
  restorationUNet,
  sidesMultiple,
  trainingInputs,
} from './networks/restoration.ts';
import { restorationSource } from './networks/training-source.ts';
import { type MeasuredGalaxy, measuredGalaxies, trainingImages } from './parts.ts';
import { settingNames } from './setting-names.ts';
import { spoil } from './spoil.ts';
import { trainPix2pix } from './train-pix2pix.ts';

/** Side of the training images: as asked for, or the largest that the images and the network allow. */
function cropOf({ images, network, training }: GalaxiesConfig): number {
  const multiple = sidesMultiple(network);
  return multiple * Math.floor(Math.min(training.crop, images.size) / multiple);
}

/** Rows of the validation galaxies, spoiled by all settings, always in the same way. */
function validationSource(
  galaxies: readonly MeasuredGalaxy[],
  { config, random }: TrainContext<GalaxiesConfig>,
): BatchSource {
  const crop = cropOf(config);
  const rows = galaxies.flatMap((galaxy, i) =>
    settingNames.map((name) => {
      const cut = (image: MeasuredGalaxy['original']) => cropCentre(image, crop);
      const original = cut(galaxy.original);
      const stream = random.split('validation', name, i);
      const spoiled = spoil({ ...galaxy, original }, config.settings[name], config.degradation.mode, stream);
      const truth = galaxy.truth ? cut(galaxy.truth) : original;
      return { [targetInput]: original.data, [truthInput]: truth.data, ...networkRow(spoiled) };
    }),
  );
  return fixedSource(rows);
}

/** Norm to which gradients are cut, lest one batch in thousands ends a training. */
const largestGradient = 1;

async function trainRestoration(parts: Parts, context: TrainContext<GalaxiesConfig>): Promise<void> {
  if (context.hasModel(restorationId)) return;
  const { config, random } = context;
  const crop = cropOf(config);
  const { steps, batchSize, learningRate, evaluateEvery } = config.training;
  const { weight, width } = config.adversarial;
  const galaxies = measuredGalaxies(parts, 'validation');
  const model = restorationUNet(config.network, random.split('weights'));
  const optimizer = clipByGlobalNorm(adam({ learningRate }), largestGradient);
  const file = (deviationScale: DeviationScale) =>
    exportRestoration(model, config.network.tile, { name: restorationId, deviationScale });
  const shared = {
    id: restorationId,
    inputs: trainingInputs(crop),
    schedules: { learningRate: warmUpCosine({ peak: learningRate }) },
    train: restorationSource({
      images: trainingImages(parts),
      crop,
      range: config.degradation,
      variety: config.training.variety,
      random: random.split('examples'),
      threads: context.threads - 1,
    }),
    validation: validationSource(galaxies, context),
    batchSize,
    steps,
    evaluateEvery,
    onnx: async () => file(await calibrateDeviations(file({ offset: 0, slope: 0 }), galaxies, context)),
  };
  if (weight === 0) {
    return trainNetwork({ ...shared, model, optimizer, objective: restorationObjective(model) }, context);
  }
  const discriminator = patchDiscriminator({
    inputs: 2 * networkBands,
    width,
    random: random.split('discriminator'),
  });
  const objective = adversarialRestoration(model, discriminator, weight);
  return trainGenerator(
    { ...shared, generator: model, discriminator, generatorOptimizer: optimizer, objective },
    context,
  );
}

const trainers = { restoration: trainRestoration, pix2pix: trainPix2pix };

export const train = (parts: Parts, context: TrainContext<GalaxiesConfig>): Promise<void> =>
  trainers[context.config.network.kind](parts, context);
