// Padding on a torus.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { periodicPadding } from '../../../core/models/periodic-padding.ts';

describe('periodicPadding', () => {
  it.each([1, 2])('repeats the first %i rows and columns behind the last', (after) => {
    const [height, width, channels] = [3, 4, 2];
    const x = tf.range(0, 2 * height * width * channels).reshape([2, height, width, channels]);
    const layer = periodicPadding({ after });
    const y = (layer.apply(x) as tf.Tensor).arraySync() as number[][][][];
    const given = x.arraySync() as number[][][][];
    expect(layer.computeOutputShape([2, height, width, channels])).toEqual([
      2,
      height + after,
      width + after,
      channels,
    ]);
    y.forEach((image, n) => {
      expect(image).toHaveLength(height + after);
      image.forEach((line, row) => {
        expect(line).toEqual(
          Array.from({ length: width + after }, (_, column) => given[n][row % height][column % width]),
        );
      });
    });
  });

  it.each([0, -1, 0.5])('refuses %s', (after) => {
    expect(() => periodicPadding({ after })).toThrow('periodicPadding: expected a whole number >= 1');
  });
});
