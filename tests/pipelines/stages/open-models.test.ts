import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportModel } from '../../../core/engine/export.ts';
import { type RunLayout, runLayout } from '../../../pipelines/run-directory/layout.ts';
import { openModels } from '../../../pipelines/stages/open-models.ts';

let paths: RunLayout;
beforeAll(() => {
  paths = runLayout(mkdtempSync(join(tmpdir(), 'deepfield-')));
  mkdirSync(paths.models);
  const forward = ({ x }: Record<string, tf.Tensor>) => ({ sum: tf.sum(x, 1), twice: tf.mul(x, 2) });
  writeFileSync(join(paths.models, 'L10.onnx'), exportModel(forward, { x: { shape: [3000] } }));
});
afterAll(() => rmSync(paths.root, { recursive: true }));

const rows = (count: number, width: number) => ({
  x: {
    dtype: 'float32' as const,
    shape: [count, width],
    data: Float32Array.from({ length: count * width }, (_, i) => Math.floor(i / width)),
  },
});

describe('openModels', () => {
  it('runs any number of rows and keeps their order, also more than fit at once', async () => {
    const models = await openModels(paths, 'cpu');
    expect(models.ids).toEqual(['L10']);
    // 4,000,000 numbers at once are 1,333 rows of 3,000: 1,500 rows go in two turns.
    for (const count of [1, 2, 1500]) {
      const { sum, twice } = await models.run('L10', rows(count, 3000));
      expect(sum.shape).toEqual([count]);
      expect(twice.shape).toEqual([count, 3000]);
      // A row holds its own number 3,000 times; float32 sums of whole numbers below 2^24 are exact.
      expect([...sum.data]).toEqual(Array.from({ length: count }, (_, i) => 3000 * i));
      expect(twice.data.at(-1)).toBe(2 * (count - 1));
    }
  });

  it('names the networks there are when asked for another', async () => {
    const models = await openModels(paths, 'cpu');
    await expect(models.run('L11', rows(1, 3000))).rejects.toThrow('no network "L11"; did you mean L10?');
    await expect(models.run('other', rows(1, 3000))).rejects.toThrow('there are: L10');
  });
});
