// Trains one network on the training rows of a benchmark's table and scores the others, as the pipeline would.
import { openEngine } from '../core/engine/devices.ts';
import { InferenceModel } from '../core/engine/inference.ts';
import { RandomStream } from '../core/random.ts';
import { rowSource } from '../core/training/batch-source.ts';
import { fit } from '../core/training/fit.ts';
import { ColumnStatistics } from '../data-adapters/stored/column-statistics.ts';
import { higgsColumns, susyColumns } from '../domains/exotic-particles/features/uci-units.ts';
import type { Architecture } from '../domains/exotic-particles/networks/architecture.ts';
import { buildNetwork } from '../domains/exotic-particles/networks/build-network.ts';
import { featuresInput, signalOutput } from '../domains/exotic-particles/networks/names.ts';
import { collisionMetrics } from '../domains/exotic-particles/networks/objective.ts';
import { particleLayout } from '../domains/exotic-particles/networks/particles.ts';
import type { Recipe } from '../domains/exotic-particles/networks/recipes.ts';
import {
  type StandardisationRule,
  standardisation,
} from '../domains/exotic-particles/networks/standardisation.ts';
import { type CollisionRows, rowsOf } from './collision-rows.ts';

export const units = { higgs: higgsColumns, susy: susyColumns } as const;

export interface CollisionTraining {
  readonly rows: CollisionRows;
  readonly problem: keyof typeof units;
  readonly from: number;
  readonly to: number;
  readonly architecture: Architecture;
  readonly recipe: Recipe;
  readonly rule: StandardisationRule;
  readonly seed: number;
  readonly threads: number;
}

export interface TrainedScores {
  /** Probability of signal of the test rows. */
  readonly test: Float32Array;
  /** Of the pass that was kept, and the best of all: of the validation rows. */
  readonly crossEntropy: number;
  readonly auc: number;
  readonly bestAuc: number;
  readonly pass: number;
  readonly seconds: number;
}

/** Scores of some rows by a model file. */
async function score(onnx: Uint8Array, features: Float32Array, columns: number): Promise<Float32Array> {
  const model = await InferenceModel.open(onnx, 'benchmark', 1);
  const scores = new Float32Array(features.length / columns);
  for (let from = 0; from < scores.length; from += 8192) {
    const count = Math.min(8192, scores.length - from);
    const data = features.subarray(from * columns, (from + count) * columns);
    const { [signalOutput]: answer } = await model.run({
      [featuresInput]: { dtype: 'float32', shape: [count, columns], data },
    });
    scores.set(answer.data as Float32Array, from);
  }
  await model.dispose();
  return scores;
}

export async function trainAndScore(options: CollisionTraining): Promise<TrainedScores> {
  const { rows, problem, from, to, architecture, recipe, rule, seed, threads } = options;
  const { columns } = rows;
  const started = performance.now();
  const random = new RandomStream(seed, 'collision-baselines');
  const training = rowsOf(rows, rows.train);
  const statistics = new ColumnStatistics(columns);
  statistics.add(training.features);
  const network = buildNetwork({
    columns,
    from,
    to,
    standardisation: standardisation(rule, statistics.finish()),
    architecture,
    particles: particleLayout(units[problem]),
    sample: training.features.subarray(0, 10_000 * columns),
    l2: recipe.l2,
    random: random.split('weights'),
  });
  const engine = await openEngine('cpu', { threads });
  const history: Readonly<Record<string, number>>[] = [];
  const gather = (some: Uint32Array) => ({ ...rowsOf(rows, some) });
  const { l2: _, ...learning } = recipe;
  await fit({
    engine,
    model: network.model,
    objective: network.objective,
    inputs: network.inputs,
    train: rowSource({ rows: rows.train, gather, shuffle: random.split('order') }),
    validation: rowSource({ rows: rows.validation, gather }),
    rowMetrics: collisionMetrics,
    ...learning,
    onHistory: ({ validation }) => history.push(validation!),
  });
  const onnx = network.exportOnnx();
  await engine.dispose();
  network.model.dispose();
  const entropies = history.map(({ crossEntropy }) => crossEntropy);
  const pass = entropies.indexOf(Math.min(...entropies));
  return {
    test: await score(onnx, rowsOf(rows, rows.test).features, columns),
    crossEntropy: entropies[pass],
    auc: history[pass].auc,
    bestAuc: Math.max(...history.map(({ auc }) => auc)),
    pass: pass + 1,
    seconds: (performance.now() - started) / 1000,
  };
}
