// The network of the paper between flux and flux, and the pairs that it learns from.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { InferenceModel } from '../../../../core/engine/inference.ts';
import { patchDiscriminator } from '../../../../core/models/patch-discriminator.ts';
import { RandomStream } from '../../../../core/random.ts';
import type { RowBatch } from '../../../../core/training/batch-source.ts';
import { planes, skyImage } from '../../../../data-adapters/galaxies/sky-image.ts';
import { galaxiesConfig } from '../../../../domains/galaxies/config.ts';
import { adversarialRestoration } from '../../../../domains/galaxies/networks/adversarial-restoration.ts';
import {
  exportGenerator,
  pix2pixGalaxies,
  pix2pixNetworks,
  restoreByGenerator,
} from '../../../../domains/galaxies/networks/pix2pix.ts';
import { pairSource } from '../../../../domains/galaxies/networks/pix2pix-source.ts';
import { restorationObjective, restorationUNet } from '../../../../domains/galaxies/networks/restoration.ts';
import { turned } from '../../../../domains/galaxies/networks/training-examples.ts';
import { stretch } from '../../../../domains/galaxies/stretch.ts';

const size = 16;
const { pix2pix } = galaxiesConfig.parse({
  pix2pix: { levels: 3, width: 4, discriminatorWidth: 2, halvings: 1 },
});
const networks = pix2pixNetworks(pix2pix, new RandomStream(4, 'weights'));
const random = new RandomStream(4, 'flux');

/** Flux from below the clip to above it. */
const flux = (rows: number): Float32Array =>
  Float32Array.from({ length: rows * 3 * size * size }, () => random.normal() ** 3);
const tensorOf = (data: Float32Array): tf.Tensor =>
  tf.tensor(data, [data.length / (3 * size * size), 3, size, size]);

describe('generator as a model file', () => {
  it('answers as tfjs does, the same each time, each image by itself', async () => {
    const file = exportGenerator(networks.generator, size, { name: 'generator', setting: 'none' });
    const model = await InferenceModel.open(file, 'generator');
    const data = flux(3);
    const run = async (part: Float32Array) => {
      const shape = [part.length / (3 * size * size), 3, size, size];
      const { restored } = await model.run({ degraded: { dtype: 'float32', shape, data: part } });
      return restored.data as Float32Array;
    };
    const expected = await restoreByGenerator(networks.generator, tensorOf(data)).data();
    const answered = await run(data);
    // Flux of order 1 from float32 sums of hundreds of products, and sinh, whose slope is 12.
    answered.forEach((value, i) => {
      expect(Math.abs(value - expected[i])).toBeLessThan(1e-4);
    });
    expect(await run(data)).toEqual(answered);
    const second = await run(data.slice(3 * size * size, 6 * size * size));
    second.forEach((value, i) => {
      expect(Math.abs(value - answered[3 * size * size + i])).toBeLessThan(1e-4);
    });
    expect(model.metadata.setting).toBe('none');
    await model.dispose();
  });
});

describe('objective of the generator', () => {
  const inputs = { degraded: tensorOf(flux(2)), target: tensorOf(flux(2)), weight: tf.ones([2]) };
  const objective = pix2pixGalaxies(networks, 100);

  it('compares images clipped, stretched and taken to [-1, 1]', () => {
    const real = objective.real(inputs);
    expect(real.shape).toEqual([2, size, size, 3]);
    const given = inputs.target.dataSync();
    const seen = real.transpose([0, 3, 1, 2]).dataSync();
    // asinh in float32, of numbers up to 10.
    seen.forEach((value, i) => {
      expect(Math.abs(value - (2 * stretch(given[i]) - 1))).toBeLessThan(1e-6);
    });
  });

  it('is 100 times the mean absolute error beside the verdict', () => {
    const made = objective.generate(inputs, false);
    const { loss } = objective.regression(inputs, made, false);
    const error = tf.mean(tf.abs(tf.sub(objective.real(inputs), made))).dataSync()[0];
    expect(loss.dataSync()[0] / (100 * error)).toBeCloseTo(1, 5);
    expect(objective.judge(inputs, made).shape).toEqual([2, 6, 6, 1]);
  });
});

describe('objective of the residual U-Net with a discriminator', () => {
  it('has the loss of the one without beside the verdict', () => {
    const model = restorationUNet({ widths: [4, 8], blocks: 1 }, new RandomStream(4, 'unet'));
    const judge = patchDiscriminator({
      inputs: 6,
      halvings: 1,
      width: 2,
      random: new RandomStream(4, 'judge'),
    });
    const images = ['degraded', 'smoothed', 'wiener', 'target', 'truth'].map(
      (name) => [name, tensorOf(flux(2))] as const,
    );
    const inputs = {
      ...Object.fromEntries(images),
      noise: tf.fill([2, 3], 0.1),
      seeing: tf.fill([2, 1], 4),
      weight: tf.ones([2]),
    };
    const game = adversarialRestoration(model, judge, 0.5);
    const made = game.generate(inputs, false);
    const alone = restorationObjective(model)(inputs, false);
    const beside = game.regression(inputs, made, false);
    // The same float32 operations.
    expect(beside.loss.dataSync()[0]).toBeCloseTo(alone.loss.dataSync()[0], 5);
    expect(game.judge(inputs, made).shape).toEqual(game.judge(inputs, game.real(inputs)).shape);
    expect(game.adversarialWeight).toBe(0.5);
  });
});

describe('pairs', () => {
  const stream = new RandomStream(4, 'pairs');
  const shape = { width: size, height: size };
  const images = [0, 1, 2]
    .map((row) =>
      skyImage(
        shape,
        Float32Array.from(
          { length: 3 * size * size },
          (_, i) => row + 0.02 * stream.normal() + (i % size) * 0.001,
        ),
      ),
    )
    .map((image) => ({ ...image, data: image.data.map((v) => v % 1) }));
  const setting = { fwhm: 1.4, noise: 1.2 };
  const options = { images, setting, mode: 'shared', random: new RandomStream(4, 'source') } as const;
  const pass = (freshNoise: boolean, epoch: number): RowBatch[] => [
    ...(pairSource({ ...options, freshNoise }).epoch({ epoch, batchSize: 1, skip: 0 }) as Iterable<RowBatch>),
  ];
  /** The degraded image of a galaxy in a pass, the right way round, and whether it had been mirrored. */
  const shown = (batches: readonly RowBatch[], row: number) => {
    for (const { inputs } of batches) {
      for (const way of [0, 1]) {
        const target = turned(skyImage(shape, inputs.target as Float32Array), way);
        if (Buffer.compare(Buffer.from(target.data.buffer), Buffer.from(images[row].data.buffer)) === 0) {
          return {
            mirrored: way === 1,
            data: turned(skyImage(shape, inputs.degraded as Float32Array), way).data,
          };
        }
      }
    }
    throw new Error(`galaxy ${row} is not there`);
  };
  const epochs = Array.from({ length: 12 }, (_, epoch) => epoch);

  it('keep the noise of a galaxy, or draw it anew', () => {
    const [first, second] = [0, 1].map((epoch) => pass(false, epoch));
    const [third, fourth] = [0, 1].map((epoch) => pass(true, epoch));
    for (const row of [0, 1, 2]) {
      expect(shown(first, row).data).toEqual(shown(second, row).data);
      expect(shown(third, row).data).not.toEqual(shown(fourth, row).data);
    }
    expect(shown(first, 0).data).not.toEqual(shown(first, 1).data);
  });

  it('are mirrored half of the time', () => {
    const mirrored = epochs.flatMap((epoch) => {
      const batches = pass(false, epoch);
      return [0, 1, 2].map((row) => shown(batches, row).mirrored);
    });
    const share = mirrored.filter(Boolean).length / mirrored.length;
    // 36 tosses: a standard deviation of 1/12, three of them.
    expect(Math.abs(share - 0.5)).toBeLessThan(0.25);
  });

  it('give the three planes of a grey galaxy one noise', () => {
    const plane = images[0].data.slice(0, size * size);
    const grey = skyImage(
      shape,
      Float32Array.from({ length: 3 * size * size }, (_, i) => plane[i % (size * size)]),
    );
    const source = pairSource({ ...options, images: [grey], mode: 'independent', freshNoise: true });
    const [{ inputs }] = source.epoch({ epoch: 0, batchSize: 1, skip: 0 }) as Iterable<RowBatch>;
    const [g, r, i] = planes(skyImage(shape, inputs.degraded as Float32Array));
    expect(r).toEqual(g);
    expect(i).toEqual(g);
  });
});
