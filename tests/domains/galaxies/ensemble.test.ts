// Networks of two runs as one: their mean image, and deviations that hold how far they lie apart. Their weights are drawn at random:
// nothing here depends on what was learnt.
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import type { Models } from '../../../domains/domain.ts';
import { galaxiesConfig } from '../../../domains/galaxies/config.ts';
import { domain } from '../../../domains/galaxies/index.ts';
import { exportGenerator, pix2pixNetworks } from '../../../domains/galaxies/networks/pix2pix.ts';
import { exportRestoration, restorationUNet } from '../../../domains/galaxies/networks/restoration.ts';
import { type ImageAnswer, type ImageRequest, predict } from '../../../domains/galaxies/predict.ts';
import { mergeFiles } from '../../../pipelines/ensemble/merge-files.ts';
import { predictAll } from '../../../pipelines/stages/predict.ts';
import { modelsOf } from '../in-memory-training.ts';

const rule = domain.ensemble!;
// Flux that is put back depends on the image in a way of its own: what the networks say is compared without.
const config = galaxiesConfig.parse({
  images: { size: 64 },
  network: { widths: [4, 6], blocks: 1, tile: 64 },
  conserveFlux: 0,
});

function withRandomWeights(model: LayersModel, random: RandomStream): LayersModel {
  const drawn = ({ size, shape }: tf.Tensor) =>
    tf.tensor(
      Float32Array.from({ length: size }, () => 0.05 * random.normal()),
      shape,
    );
  model.setWeights(model.getWeights().map(drawn));
  return model;
}

const restoration = (seed: number): Uint8Array => {
  const random = new RandomStream('restoration', seed);
  const model = withRandomWeights(restorationUNet(config.network, random), random);
  return exportRestoration(model, 64, {
    name: 'restoration',
    deviationScale: { offset: seed / 4, slope: 0.1 },
  });
};

const flat = (image: ImageAnswer['restored']): number[] => image.flat(2);

describe('two restoration networks as one', () => {
  let members: Models[];
  let both: Models;
  beforeAll(async () => {
    const files = [restoration(1), restoration(2)];
    members = await Promise.all(files.map((file) => modelsOf([['restoration', file]])));
    both = await modelsOf([['restoration', mergeFiles(files, rule)]]);
  });

  const ask = async (models: Models): Promise<ImageAnswer> =>
    (await predictAll({ predict } as never, config, models, predict.examples as ImageRequest[]))[0] as never;

  it('answer with the mean of their images, and with their errors and their spread in one deviation', async () => {
    const answer = await ask(both);
    expect(domain.predict.answer.parse(answer)).toEqual(answer);
    const [one, two] = await Promise.all(members.map(ask));
    const [a, b] = [flat(one.restored), flat(two.restored)];
    const [sa, sb] = [flat(one.deviation!), flat(two.deviation!)];
    const [restored, deviation] = [flat(answer.restored), flat(answer.deviation!)];
    restored.forEach((r, i) => {
      // Flux of about 1 in float32, after convolutions that may be added up in another order.
      expect(Math.abs(r - (a[i] + b[i]) / 2)).toBeLessThan(1e-5);
      const variance = (sa[i] ** 2 + sb[i] ** 2) / 2 + (a[i] - b[i]) ** 2 / 2;
      expect(Math.abs(deviation[i] / Math.sqrt(variance) - 1)).toBeLessThan(1e-5);
    });
    // The networks do differ.
    expect(Math.max(...a.map((value, i) => Math.abs(value - b[i])))).toBeGreaterThan(1e-3);
    expect((await both.metadata('restoration')).deviation).toContain("the mean of the members' variances");
  });
});

describe('generators of pix2pix', () => {
  const generator = (seed: number, setting: string): Uint8Array => {
    const settings = galaxiesConfig.parse({
      pix2pix: { levels: 4, width: 4, discriminatorWidth: 4 },
    }).pix2pix;
    return exportGenerator(pix2pixNetworks(settings, new RandomStream('generator', seed)).generator, 64, {
      name: 'pix2pix-mild',
      setting,
    });
  };

  it('of one setting are averaged, without a deviation', async () => {
    const files = [generator(1, 'mild'), generator(2, 'mild')];
    const random = new RandomStream('sky');
    const data = Float32Array.from({ length: 3 * 64 * 64 }, () => random.normal());
    const inputs = { degraded: { dtype: 'float32', shape: [1, 3, 64, 64], data } } as const;
    const [one, two, both] = await Promise.all(
      [...files, mergeFiles(files, rule)].map(async (file) =>
        (await modelsOf([['g', file]])).run('g', inputs),
      ),
    );
    expect(Object.keys(both).sort()).toEqual(['restored', 'restored_spread']);
    both.restored.data.forEach((value, i) => {
      // Flux of 4 at most in float32, after convolutions that may be added up in another order.
      expect(Math.abs(value - (one.restored.data[i] + two.restored.data[i]) / 2)).toBeLessThan(1e-5);
    });
  });

  it('of two settings are refused', () => {
    expect(() => mergeFiles([generator(1, 'mild'), generator(1, 'severe')], rule)).toThrow(
      'their inputs or outputs mean something else',
    );
  });
});
