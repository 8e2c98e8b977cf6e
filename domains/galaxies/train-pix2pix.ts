// The networks of the paper: a generator for each setting of blur and noise, taught by a discriminator of its own. The weights at
// the end of the last pass are kept, as in the paper.
import { adam } from '../../core/training/optimizers/adam.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import type { TrainContext } from '../domain.ts';
import { trainGenerator } from '../train-network.ts';
import type { GalaxiesConfig } from './config.ts';
import { fixedSource } from './networks/fixed-source.ts';
import { pix2pixId } from './networks/names.ts';
import { exportGenerator, pix2pixGalaxies, pix2pixInputs, pix2pixNetworks } from './networks/pix2pix.ts';
import { pairRow, pairSource } from './networks/pix2pix-source.ts';
import { measuredGalaxies, trainingImages } from './parts.ts';
import { type SettingName, settingNames } from './setting-names.ts';
import { spoil } from './spoil.ts';

/** Seconds between checkpoints: one of the full networks holds 0.7 GB. */
const checkpointSeconds = 300;

async function trainSetting(
  name: SettingName,
  parts: Parts,
  context: TrainContext<GalaxiesConfig>,
): Promise<void> {
  const { config, random } = context;
  const { mode } = config.degradation;
  const { lambda, epochs, batchSize, learningRate, beta1, freshNoise } = config.pix2pix;
  const { size } = config.images;
  const setting = config.settings[name];
  const id = pix2pixId(name);
  const networks = pix2pixNetworks(config.pix2pix, random.split('weights', name));
  const optimizer = () => adam({ learningRate, beta1 });
  const validation = measuredGalaxies(parts, 'validation').map((galaxy, i) => {
    const spoiled = spoil(galaxy, setting, mode, random.split('validation', name, i));
    return pairRow(spoiled.image, galaxy.original);
  });
  await trainGenerator(
    {
      id,
      ...networks,
      objective: pix2pixGalaxies(networks, lambda),
      generatorOptimizer: optimizer(),
      discriminatorOptimizer: optimizer(),
      inputs: pix2pixInputs(size),
      train: pairSource({
        images: trainingImages(parts),
        setting,
        mode,
        freshNoise,
        random: random.split('examples', name),
      }),
      validation: fixedSource(validation),
      batchSize,
      epochs,
      checkpointSeconds,
      onnx: () =>
        exportGenerator(networks.generator, size, {
          name: id,
          setting: `blur of ${setting.fwhm} arcsec, noise of ${setting.noise} sigma, ${mode} noise`,
        }),
    },
    context,
  );
}

export async function trainPix2pix(parts: Parts, context: TrainContext<GalaxiesConfig>): Promise<void> {
  for (const name of settingNames) {
    if (!context.hasModel(pix2pixId(name))) await trainSetting(name, parts, context);
  }
}
