// The residual U-Net: its size, its start, and that it learns at one image size and runs at another.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../core/engine/devices.ts';
import { exportModel } from '../../../core/engine/export.ts';
import { InferenceModel } from '../../../core/engine/inference.ts';
import { trainableWeights } from '../../../core/models/named-weights.ts';
import { imageMultiple, residualUNet } from '../../../core/models/residual-unet.ts';
import { RandomStream } from '../../../core/random.ts';
import { meanSquaredError } from '../../../core/training/losses.ts';
import { adam } from '../../../core/training/optimizers/adam.ts';
import { trainingStep } from '../../../core/training/training-step.ts';

const random = new RandomStream(8, 'residual-unet');

describe('residual U-Net', () => {
  it('has the parameters of its formula', () => {
    const whole = (least: number, most: number) => fc.integer({ min: least, max: most });
    fc.assert(
      fc.property(
        fc.record({
          inputs: whole(1, 5),
          outputs: whole(1, 4),
          widths: fc.array(whole(1, 9), { minLength: 1, maxLength: 4 }),
          blocks: whole(1, 3),
          patch: whole(1, 3),
          bias: fc.boolean(),
        }),
        (options) => {
          const { inputs, outputs, widths, blocks, patch, bias } = options;
          const one = bias ? 1 : 0;
          const seen = patch === 1 ? 9 : patch ** 2;
          const ends = seen * (inputs + outputs) * widths[0] + one * (widths[0] + outputs);
          const ofBlocks = widths.map(
            (w, i) => (i === widths.length - 1 ? 1 : 2) * blocks * (18 * w * w + one * 2 * w),
          );
          const between = widths.slice(1).map((w, i) => 8 * w * widths[i] + one * (w + widths[i]));
          const expected = [ends, ...ofBlocks, ...between].reduce((a, b) => a + b);
          const model = residualUNet({ ...options, random });
          expect(model.countParams()).toBe(expected);
          model.dispose();
        },
      ),
      { numRuns: 10 },
    );
  });

  it('has 2,108,483 parameters as it comes, for three bands and two maps', () => {
    // 4 (5 + 3) 32 + 32 + 3; 4 blocks of 18 32^2 + 64, 4 of 18 64^2 + 128, 2 of 18 128^2 + 256; 8 32 64 + 96, 8 64 128 + 192.
    expect(residualUNet({ inputs: 5, outputs: 3, random }).countParams()).toBe(
      1059 + 4 * 18_496 + 4 * 73_856 + 2 * 295_168 + 16_480 + 65_728,
    );
  });

  it.each([
    [[4], 1, 5, 7],
    [[4, 6], 2, 12, 8],
    [[3, 4, 5], 3, 12, 24],
  ])(
    'widths %j, patch %i: answers %i x %i images with images of that size, zero at first',
    (widths, patch, height, width) => {
      const options = { inputs: 4, outputs: 2, widths, patch, blocks: 1, random };
      expect([height, width].every((side) => side % imageMultiple(options) === 0)).toBe(true);
      const x = tf.randomNormal([2, height, width, 4], 0, 1, 'float32', 1);
      const y = residualUNet(options).predict(x) as tf.Tensor;
      expect(y.shape).toEqual([2, height, width, 2]);
      expect(y.abs().max().dataSync()[0]).toBe(0);
    },
  );

  it('learns a handful of images and runs at another size with the same weights', async () => {
    const [rows, small, large] = [4, 8, 24];
    const model = residualUNet({
      inputs: 2,
      outputs: 1,
      widths: [8, 12],
      blocks: 1,
      random: random.split('learn'),
    });
    // The image is the first channel; the target its negative where the second channel, a constant map, says so.
    const stream = random.split('images');
    const x = new Float32Array(rows * small * small * 2);
    const y = new Float32Array(rows * small * small);
    for (let i = 0; i < y.length; i++) {
      const map = Math.floor(i / small ** 2) % 2;
      x.set([stream.normal(), map], 2 * i);
      y[i] = x[2 * i] * (1 - 2 * map);
    }
    const apply = (image: tf.Tensor) => model.apply(image, { training: true }) as tf.Tensor;
    const weights = trainableWeights(model);
    const optimizer = adam({ learningRate: 5e-3 });
    const engine = await openEngine('cpu', { threads: 1 });
    const shape = (size: number, channels: number) => ({ shape: [rows, size, size, channels] });
    const training = await engine.compile(
      trainingStep(
        ({ image, truth, weight }) => ({ loss: meanSquaredError(truth, apply(image), weight) }),
        weights,
        optimizer.bind(weights),
      ),
      {
        image: shape(small, 2),
        truth: shape(small, 1),
        weight: { shape: [rows] },
        learningRate: { shape: [] },
      },
    );
    const feeds = { image: x, truth: y, weight: new Float32Array(rows).fill(1), learningRate: 5e-3 };
    const losses: number[] = [];
    for (let i = 0; i < 150; i++) losses.push((await training.run(feeds))[0].loss.data[0]);
    // The first answer is zero, and the targets have variance 1 within the error of 256 draws.
    expect(losses[0]).toBeCloseTo(1, 0);
    expect(losses.at(-1)).toBeLessThan(0.05);

    // The same variables at another size: within the engine, and as a model file.
    const restoring = (given: Record<string, tf.Tensor>) => ({ restored: apply(given.image) });
    const running = await engine.compile(restoring, { image: shape(large, 2) });
    const image = Float32Array.from({ length: rows * large * large * 2 }, () => stream.normal());
    const [{ restored }] = await running.run({ image });
    expect(restored.shape).toEqual([rows, large, large, 1]);
    await engine.pull();
    const bytes = exportModel(restoring, { image: { shape: [large, large, 2] } });
    const opened = await InferenceModel.open(bytes, 'restorer', 1);
    const exported = await opened.run({
      image: { dtype: 'float32', shape: [rows, large, large, 2], data: image },
    });
    const reference = apply(tf.tensor(image, [rows, large, large, 2])).dataSync();
    for (const { data } of [restored, exported.restored]) {
      // float32 sums of some hundred terms of order 1 in another order.
      expect(Math.max(...reference.map((v, i) => Math.abs(v - data[i])))).toBeLessThan(1e-4);
    }
    await opened.dispose();
    await training.dispose();
    await running.dispose();
    await engine.dispose();
  });

  it('refuses sizes that are none', () => {
    const options = { inputs: 1, outputs: 1, random };
    expect(() => residualUNet({ ...options, widths: [] })).toThrow(
      'residualUNet: expected at least one width',
    );
    expect(() => residualUNet({ ...options, widths: [8, 0] })).toThrow(
      'expected each width to be a whole number >= 1, got 0',
    );
    expect(() => residualUNet({ ...options, blocks: 1.5 })).toThrow(
      'expected blocks to be a whole number >= 1, got 1.5',
    );
    expect(() => residualUNet({ ...options, patch: 0 })).toThrow(
      'expected patch to be a whole number >= 1, got 0',
    );
  });
});
