// The networks of a run: one that restores, for every seeing and depth.
import type { BatchSource } from '../../core/training/batch-source.ts';
import { adam } from '../../core/training/optimizers/adam.ts';
import { warmUpCosine } from '../../core/training/schedules.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import { cropCentre } from '../../data-adapters/galaxies/sky-image.ts';
import type { TrainContext } from '../domain.ts';
import { trainNetwork } from '../train-network.ts';
import { calibrateDeviations } from './calibrate-deviations.ts';
import type { GalaxiesConfig } from './config.ts';
import { settingNames, spoil } from './evaluation/spoil.ts';
import { networkBands, restorationId, targetInput } from './networks/names.ts';
import { networkRow, stackRows } from './networks/network-inputs.ts';
import {
  type DeviationScale,
  exportRestoration,
  restorationInputs,
  restorationObjective,
  restorationUNet,
} from './networks/restoration.ts';
import { restorationSource } from './networks/training-source.ts';
import { type MeasuredGalaxy, measuredGalaxies, trainingImages } from './parts.ts';

/** Side of the training images: a network's sides are multiples of 16 pixels. */
const cropOf = ({ images, training }: GalaxiesConfig): number =>
  Math.min(training.crop, 16 * Math.floor(images.size / 16));

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

export async function train(parts: Parts, context: TrainContext<GalaxiesConfig>): Promise<void> {
  if (context.hasModel(restorationId)) return;
  const { config, random } = context;
  const crop = cropOf(config);
  const { steps, batchSize, learningRate, evaluateEvery } = config.training;
  const galaxies = measuredGalaxies(parts, 'validation');
  const model = restorationUNet(config.network, random.split('weights'));
  const file = (deviationScale: DeviationScale) =>
    exportRestoration(model, config.network.tile, { name: restorationId, deviationScale });
  await trainNetwork(
    {
      id: restorationId,
      model,
      objective: restorationObjective(model),
      inputs: { ...restorationInputs(crop), [targetInput]: { shape: [networkBands, crop, crop] } },
      optimizer: adam({ learningRate }),
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
      onnx: async () => file(await calibrateDeviations(file({ offset: 0, slope: 0 }), galaxies, context)),
    },
    context,
  );
}
