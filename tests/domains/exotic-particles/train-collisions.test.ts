import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InferenceModel } from '../../../core/engine/inference.ts';
import { rocArea } from '../../../core/metrics/roc.ts';
import { silent } from '../../../core/progress.ts';
import { RandomStream } from '../../../core/random.ts';
import { rowSource } from '../../../core/training/batch-source.ts';
import type { SavedModel, TrainContext } from '../../../domains/domain.ts';
import { architectures } from '../../../domains/exotic-particles/networks/architectures.ts';
import { featuresInput, signalOutput } from '../../../domains/exotic-particles/networks/names.ts';
import { adamRecipe } from '../../../domains/exotic-particles/networks/recipes.ts';
import { trainClassifier } from '../../../domains/exotic-particles/train-collisions.ts';

// Signal lies higher in column 1 by one standard deviation; column 0 tells the label itself, which this network must not see.
const random = new RandomStream('train collisions');
const count = 1200;
const label = Float32Array.from({ length: count }, (_, i) => i % 2);
const features = Float32Array.from({ length: 2 * count }, (_, i) =>
  i % 2 === 0 ? label[i >> 1] : label[i >> 1] + random.normal(),
);
const source = (from: number, to: number, shuffle?: RandomStream) =>
  rowSource({
    rows: Uint32Array.from({ length: to - from }, (_, i) => from + i),
    gather: (rows) => ({
      [featuresInput]: Float32Array.from([...rows].flatMap((r) => [features[2 * r], features[2 * r + 1]])),
      label: Float32Array.from(rows, (row) => label[row]),
      weight: new Float32Array(rows.length).fill(1),
    }),
    shuffle,
  });

describe('training of collision networks', () => {
  it('records the validation rows, saves both formats, and keeps to the columns given', async () => {
    const lines: Readonly<Record<string, unknown>>[] = [];
    const saved: Record<string, SavedModel> = {};
    const folder = mkdtempSync(join(tmpdir(), 'train-collisions-'));
    const context: TrainContext<unknown> = {
      config: {},
      seed: 1,
      random,
      device: 'cpu',
      threads: 1,
      progress: silent,
      signal: new AbortController().signal,
      log: () => {},
      checkpointDirectory: (id) => join(folder, id),
      record: (line) => lines.push(line),
      rewind: () => {},
      hasModel: () => false,
      saveModel: async (id, model) => {
        saved[id] = model;
      },
    };
    await trainClassifier(
      {
        id: 'higgs-logistic-low-1',
        columns: 2,
        from: 1,
        to: 2,
        standardisation: [
          { shift: 0, scale: 1 },
          { shift: 0.5, scale: 1 },
        ],
        architecture: architectures.logistic,
        recipe: adamRecipe({ epochs: 4, batchSize: 50, learningRate: 0.05 }),
        source: source(0, 800, random.split('order')),
        validation: source(800, count),
        random: random.split('network'),
        metadata: { provenance: 'toy' },
      },
      context,
    );
    expect(lines).toHaveLength(4);
    expect(lines[3]).toMatchObject({ model: 'higgs-logistic-low-1', step: 64 });
    const { onnx, layers } = saved['higgs-logistic-low-1'];
    expect(JSON.parse(layers!.json).modelTopology).toBeDefined();
    const model = await InferenceModel.open(onnx, 'saved', 1);
    expect(model.metadata.provenance).toBe('toy');
    const data = features.subarray(1600);
    const { [signalOutput]: signal } = await model.run({
      [featuresInput]: { dtype: 'float32', shape: [400, 2], data },
    });
    await model.dispose();
    // AUC of unit normals one deviation apart is 0.760, standard error 0.024; a linear function of one column ranks like it.
    const own = rocArea(
      Array.from({ length: 400 }, (_, i) => data[2 * i + 1]),
      label.subarray(800),
    );
    expect(rocArea(signal.data as Float32Array, label.subarray(800))).toBeCloseTo(own, 6);
    expect(Math.abs(own - 0.76)).toBeLessThan(0.07);
    expect(lines[3].validationAuc).toBeCloseTo(own, 5);
  });
});
