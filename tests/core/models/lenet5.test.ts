// LeNet-5 of 1998 by its paper: numbers of parameters layer by layer, and each of its unusual layers by hand.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { modernLenet } from '../../../core/models/image-classifiers.ts';
import { lenet5, lenetTable } from '../../../core/models/lenet5.ts';
import { partialConvolution } from '../../../core/models/partial-convolution.ts';
import { radialBasis } from '../../../core/models/radial-basis.ts';
import { rowReader } from '../../../core/models/row-reader.ts';
import { scaledTanh } from '../../../core/models/scaled-tanh.ts';
import { trainableSubsampling } from '../../../core/models/trainable-subsampling.ts';
import { RandomStream } from '../../../core/random.ts';

const random = new RandomStream(7);
const normal = (label: string, count: number): Float32Array => {
  const stream = random.split(label);
  return Float32Array.from({ length: count }, () => stream.normal());
};
const codes = Array.from({ length: 10 }, (_, k) =>
  Array.from(normal(`code ${k}`, 84), (x) => (x > 0 ? 1 : -1)),
);

describe('LeNet-5', () => {
  it('has the parameters of the paper in every layer: 60,000 with fixed codes, 60,850 with a dense output', () => {
    const model = lenet5({ classes: 10, codes, random });
    const counts = Object.fromEntries(
      model.layers.map((layer) => [layer.name, layer.countParams()] as const).filter(([, n]) => n > 0),
    );
    expect(counts).toEqual({ c1: 156, s2: 12, c3: 1516, s4: 32, c5: 48_120, f6: 10_164 });
    expect(model.countParams()).toBe(60_000);
    expect(lenet5({ classes: 10, random }).countParams()).toBe(60_850);
  });

  it('connects 60 pairs of maps, each of S2 ten times', () => {
    expect(lenetTable.flat()).toHaveLength(60);
    for (let map = 0; map < 6; map++)
      expect(lenetTable.flat().filter((other) => other === map)).toHaveLength(10);
  });

  it('answers a row of ten for images of 32 x 32', () => {
    const answer = lenet5({ classes: 10, random }).apply(tf.zeros([2, 32, 32, 1])) as tf.Tensor;
    expect(answer.shape).toEqual([2, 10]);
  });

  it('has 61,706 parameters in its modern form', () => {
    expect(modernLenet({ classes: 10, random }).countParams()).toBe(61_706);
  });
});

describe('its layers', () => {
  it('squash so that 1 stays 1 and -1 stays -1', () => {
    const y = (scaledTanh().apply(tf.tensor1d([-1, 0, 1, 0.3])) as tf.Tensor).dataSync();
    // The paper's constants make f(1) = 1 to four digits.
    expect(y[0]).toBeCloseTo(-1, 4);
    expect(y[1]).toBe(0);
    expect(y[2]).toBeCloseTo(1, 4);
    expect(y[3]).toBeCloseTo(1.7159 * Math.tanh(0.2), 6);
  });

  it('sub-sample by c (sum of four) + b, starting as a mean', () => {
    const layer = trainableSubsampling();
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 4, 1]);
    expect(Array.from((layer.apply(x) as tf.Tensor).dataSync())).toEqual([
      (1 + 2 + 5 + 6) / 4,
      (3 + 4 + 7 + 8) / 4,
    ]);
    layer.setWeights([tf.tensor1d([2]), tf.tensor1d([-1])]);
    expect(Array.from((layer.apply(x) as tf.Tensor).dataSync())).toEqual([27, 43]);
  });

  it('convolve only what the table connects', () => {
    const table = [[0, 2], [1]];
    const layer = partialConvolution({ table, kernelSize: 2 });
    const image = normal('image', 3 * 3 * 3);
    const x = tf.tensor4d(image, [1, 3, 3, 3]);
    layer.apply(x);
    expect(layer.countParams()).toBe(4 * 3 + 2);
    const kernel = normal('kernel', 4 * 3);
    layer.setWeights([tf.tensor2d(kernel, [4, 3]), tf.tensor1d([0.5, -0.5])]);
    const y = (layer.apply(x) as tf.Tensor4D).arraySync()[0];
    const pairs = table.flatMap((maps, to) => maps.map((from) => ({ from, to })));
    for (let row = 0; row < 2; row++) {
      for (let column = 0; column < 2; column++) {
        const expected = [0.5, -0.5];
        pairs.forEach(({ from, to }, pair) => {
          for (let tap = 0; tap < 4; tap++) {
            const at = (row + (tap >> 1)) * 3 + column + (tap & 1);
            expected[to] += image[at * 3 + from] * kernel[tap * 3 + pair];
          }
        });
        expected.forEach((value, to) => {
          expect(y[row][column][to]).toBeCloseTo(value, 5);
        });
      }
    }
  });

  it('refuse a table that names maps that are not there', () => {
    const layer = partialConvolution({ table: [[0, 3]], kernelSize: 2 });
    expect(() => layer.apply(tf.zeros([1, 3, 3, 3]))).toThrow('map 3 of 3');
  });

  it('answer squared distances from the codes, and have no parameters', () => {
    const layer = radialBasis({
      codes: [
        [1, -1, 1],
        [-1, -1, -1],
      ],
    });
    const y = Array.from((layer.apply(tf.tensor2d([[0.5, -1, 2]])) as tf.Tensor).dataSync());
    expect(y[0]).toBeCloseTo(0.25 + 0 + 1, 5);
    expect(y[1]).toBeCloseTo(2.25 + 0 + 9, 5);
    expect(layer.countParams()).toBe(0);
  });
});

describe('networks that read rows', () => {
  it.each([
    ['elman', 8 * (28 + 8 + 1) + 10 * 9],
    ['gru', 3 * 8 * (28 + 8 + 1) + 10 * 9],
  ] as const)('%s has the parameters of its formula and answers logits', (kind, expected) => {
    const model = rowReader({ kind, rows: 28, width: 28, units: 8, classes: 10, random });
    expect(model.countParams()).toBe(expected);
    expect((model.apply(tf.zeros([3, 28, 28])) as tf.Tensor).shape).toEqual([3, 10]);
  });
});
