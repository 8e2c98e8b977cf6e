// What stands between pixels and networks: inputs of LeNet-5, widths, the criterion of its paper, traces back to pixels.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../core/engine/devices.ts';
import { lenet5 } from '../../../core/models/lenet5.ts';
import { RandomStream } from '../../../core/random.ts';
import { lenetLayers } from '../../../domains/digits/evaluation/layer-table.ts';
import { nearestClasses, vectorsOf } from '../../../domains/digits/evaluation/nearest.ts';
import { deconvolve, layersUpTo } from '../../../domains/digits/interpretation/deconvolution.ts';
import { posteriorCriterion } from '../../../domains/digits/networks/classification-objective.ts';
import { lenetInput } from '../../../domains/digits/networks/classifier-inputs.ts';
import { normaliseWidth } from '../../../domains/digits/networks/normalise-width.ts';
import { targetCodes } from '../../../domains/digits/networks/target-codes.ts';

const random = new RandomStream(2);

describe('inputs', () => {
  it('of LeNet-5 are -0.1 for white and 1.175 for black, on 32 x 32', () => {
    const pixels = new Float32Array(784);
    pixels[0] = 255;
    const x = lenetInput(tf.tensor3d(pixels, [1, 28, 28]));
    const values = x.dataSync();
    expect(x.shape).toEqual([1, 32, 32, 1]);
    expect(values[2 * 32 + 2]).toBeCloseTo(1.175, 6);
    expect(values[0]).toBeCloseTo(-0.1, 6);
  });

  it.each([10, 14, 20])(
    'bring ink to %i pixels, in the middle, whatever its width, and leave nothing as nothing',
    (width) => {
      const image = new Float32Array(2 * 784);
      for (let y = 5; y < 20; y++) for (let x = 3; x < 3 + 12; x++) image[y * 28 + x] = 1;
      const found = normaliseWidth(tf.tensor3d(image, [2, 28, 28]), width).dataSync();
      const row = Array.from(found.slice(10 * 28, 11 * 28));
      const ink = row.flatMap((value, x) => (value > 0.01 ? [x] : []));
      expect(ink.length).toBe(width);
      expect(ink[0]).toBe((28 - width) / 2);
      // Every new column is a mean of full ones.
      for (const x of ink) expect(row[x]).toBeCloseTo(1, 4);
      expect(Math.max(...found.slice(784))).toBe(0);
    },
  );
});

describe('the codes of LeNet-5', () => {
  it('are ten drawings of 7 x 12, each nearest to itself', () => {
    expect(targetCodes.map((code) => code.length)).toEqual(new Array(10).fill(84));
    const distance = (a: readonly number[], b: readonly number[]): number =>
      a.reduce((sum, x, i) => sum + (x - b[i]) ** 2, 0);
    targetCodes.forEach((code, k) => {
      const others = targetCodes.filter((_, other) => other !== k).map((other) => distance(code, other));
      // Five dots apart at least: a difference of 2 squared each.
      expect(Math.min(...others)).toBeGreaterThanOrEqual(5 * 4);
    });
  });

  it('are learned by y_D + ln(e^-j + sum_i e^-y_i), also where the distances are large', () => {
    const y = [3, 1, 0.5];
    const target = tf.tensor2d([[0, 1, 0]]);
    const expected = 1 + Math.log(Math.exp(-0.1) + y.reduce((sum, yi) => sum + Math.exp(-yi), 0));
    expect(posteriorCriterion(target, tf.tensor2d([y])).dataSync()[0]).toBeCloseTo(expected, 5);
    expect(posteriorCriterion(target, tf.tensor2d([[500, 400, 300]])).dataSync()[0]).toBeCloseTo(
      400 - 0.1,
      3,
    );
  });
});

describe('deconvolution', () => {
  it('of the first convolution is its filter, at the place of the activation', () => {
    const model = lenet5({ classes: 10, random });
    const chain = layersUpTo(model, 'c1-squash');
    const signal = tf.buffer([1, 28, 28, 6]);
    signal.set(1, 0, 4, 9, 2);
    const back = deconvolve(chain, tf.zeros([1, 32, 32, 1]), signal.toTensor()).dataSync();
    const kernel = model.getLayer('c1').getWeights()[0].dataSync();
    for (let i = 0; i < 25; i++) {
      const [dy, dx] = [Math.floor(i / 5), i % 5];
      expect(back[(4 + dy) * 32 + 9 + dx]).toBeCloseTo(kernel[i * 6 + 2], 6);
    }
    expect(back.filter((value) => value !== 0).length).toBeLessThanOrEqual(25);
    expect(() => layersUpTo(model, 'c9')).toThrow('no layer c9');
  });
});

describe('nearest neighbours', () => {
  it('vote, and the nearest decides between as many', async () => {
    const engine = await openEngine('cpu', { threads: 1 });
    try {
      const known = vectorsOf([0, 0, 1, 0, 5, 5, 6, 5, 5.1, 5], 2);
      const labels = Uint8Array.of(0, 1, 2, 2, 3);
      const queries = vectorsOf([0.1, 0, 5.6, 5], 2);
      expect(Array.from(await nearestClasses(engine, known, labels, queries, 3))).toEqual([0, 2]);
    } finally {
      await engine.dispose();
    }
  });
});

describe('the table of LeNet-5', () => {
  it('adds up to the 60,000 parameters and 340,908 connections of the paper', () => {
    const sum = (of: 'parameters' | 'connections') =>
      lenetLayers().reduce((total, layer) => total + layer[of], 0);
    expect([sum('parameters'), sum('connections')]).toEqual([60_000, 340_908]);
  });
});
