// The networks of a run: one that restores, for every seeing and depth; or, by train-pix2pix.ts, one for each setting.
import { InferenceModel } from '../../core/engine/inference.ts';
import { quantile } from '../../core/metrics/bootstrap.ts';
import { patchDiscriminator } from '../../core/models/patch-discriminator.ts';
import type { BatchSource } from '../../core/training/batch-source.ts';
import { adam } from '../../core/training/optimizers/adam.ts';
import { warmUpCosine } from '../../core/training/schedules.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import { cropCentre } from '../../data-adapters/galaxies/sky-image.ts';
import type { TrainContext } from '../domain.ts';
import { trainGenerator, trainNetwork } from '../train-network.ts';
import type { GalaxiesConfig } from './config.ts';
import { settingNames, spoil } from './evaluation/spoil.ts';
import { adversarialRestoration } from './networks/adversarial-restoration.ts';
import { networkBands, targetInput } from './networks/names.ts';
import { networkRow, stackRows } from './networks/network-inputs.ts';
import {
  exportRestoration,
  restorationInputs,
  restorationObjective,
  restorationUNet,
} from './networks/restoration.ts';
import { restorationSource } from './networks/training-source.ts';
import { type MeasuredGalaxy, measuredGalaxies, trainingImages } from './parts.ts';
import { restoreImage } from './restoration/restore-image.ts';
import { trainPix2pix } from './train-pix2pix.ts';

/** Id of the network that restores. */
export const restorationId = 'restoration';

/** Rows of the validation galaxies, spoiled by all settings, always in the same way. */
function validationSource(
  galaxies: readonly MeasuredGalaxy[],
  { config, random }: TrainContext<GalaxiesConfig>,
): BatchSource {
  const { crop } = config.training;
  const rows = galaxies.flatMap((galaxy, i) =>
    settingNames.map((name) => {
      const cut = (image: MeasuredGalaxy['original']) => cropCentre(image, crop);
      const original = cut(galaxy.original);
      const stream = random.split('validation', name, i);
      const spoiled = spoil({ ...galaxy, original }, config.settings[name], config.degradation.mode, stream);
      const target = galaxy.truth ? cut(galaxy.truth) : original;
      return { [targetInput]: target.data, ...networkRow(spoiled) };
    }),
  );
  return {
    size: rows.length,
    *epoch({ batchSize, skip }) {
      for (let start = skip * batchSize; start < rows.length; start += batchSize) {
        const own = rows.slice(start, start + batchSize);
        yield { rows: own.length, inputs: stackRows(own) };
      }
    },
  };
}

/** Share of errors below one standard deviation, were they normal. */
const withinOne = 0.6827;

/**
 * The factor by which the deviations of a network have to be multiplied, so that 68 % of the errors of the validation galaxies are
 * below them: networks are a little too sure of themselves on galaxies that they have not seen.
 */
async function deviationFactor(
  bytes: Uint8Array,
  galaxies: readonly MeasuredGalaxy[],
  { config, random, signal }: TrainContext<GalaxiesConfig>,
): Promise<number> {
  const model = await InferenceModel.open(bytes, restorationId);
  const ratios: number[] = [];
  try {
    for (const [i, galaxy] of galaxies.entries()) {
      for (const name of settingNames) {
        const stream = random.split('calibration', name, i);
        const spoiled = spoil(galaxy, config.settings[name], config.degradation.mode, stream);
        const { restored, deviation } = await restoreImage(spoiled, {
          models: { run: (_, inputs) => model.run(inputs) },
          id: restorationId,
          tile: config.network.tile,
          conserve: config.conserveFlux,
          signal,
        });
        const target = galaxy.truth ?? galaxy.original;
        // Every seventh pixel: neighbours say much the same.
        for (let k = i % 7; k < target.data.length; k += 7) {
          ratios.push(Math.abs(restored.data[k] - target.data[k]) / deviation!.data[k]);
        }
      }
    }
  } finally {
    await model.dispose();
  }
  return quantile(Float64Array.from(ratios).sort(), withinOne);
}

async function trainRestoration(parts: Parts, context: TrainContext<GalaxiesConfig>): Promise<void> {
  if (context.hasModel(restorationId)) return;
  const { config, random } = context;
  const { crop, steps, batchSize, learningRate, evaluateEvery } = config.training;
  const { weight, width } = config.adversarial;
  const galaxies = measuredGalaxies(parts, 'validation');
  const model = restorationUNet(config.network, random.split('weights'));
  const file = (deviationScale: number) =>
    exportRestoration(model, config.network.tile, { name: restorationId, deviationScale });
  const optimizer = adam({ learningRate });
  const shared = {
    id: restorationId,
    inputs: { ...restorationInputs(crop), [targetInput]: { shape: [networkBands, crop, crop] } },
    schedules: { learningRate: warmUpCosine({ peak: learningRate }) },
    train: restorationSource({
      images: trainingImages(parts),
      crop,
      range: config.degradation,
      random: random.split('examples'),
    }),
    validation: validationSource(galaxies, context),
    batchSize,
    steps,
    evaluateEvery,
    onnx: async () => file(await deviationFactor(file(1), galaxies, context)),
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
