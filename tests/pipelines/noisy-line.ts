// A domain small enough to train in a millisecond: straight lines y = a x + b through noisy points, by gradient
// descent. Its "ONNX" files are JSON, opened by `openLines`. The tests of the pipelines run on it, so that they test
// pipelines and no science.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { RandomStream } from '../../core/random.ts';
import { Dataset, type Parts } from '../../data-adapters/dataset.ts';
import { type Folds, noFolds } from '../../data-adapters/folds.ts';
import { splitRows } from '../../data-adapters/own-table/split-rows.ts';
import { defineDomain, type Estimate, type Models, type StageContext } from '../../domains/domain.ts';
import { foldKeys } from '../../domains/folds.ts';
import type { Registry } from '../../domains/registry.ts';
import type { RunLayout } from '../../pipelines/run-directory/layout.ts';
import { modelIds, onnxPath } from '../../pipelines/run-directory/model-store.ts';

const configSchema = z.strictObject({
  slopes: z.array(z.number()).min(1).default([2, -1]).describe('true slopes; one line is fitted to each'),
  samples: z.int().min(3).default(60).describe('points on each line'),
  noise: z.number().min(0).default(0.01).describe('standard deviation of y'),
  abscissae: z.enum(['uniform', 'normal']).default('uniform').describe('how x is drawn'),
  ...foldKeys,
  training: z
    .strictObject({
      steps: z.int().positive().default(40).describe('gradient steps'),
      learningRate: z.number().positive().default(0.5).describe('step size'),
    })
    .prefault({}),
});
type Config = z.infer<typeof configSchema>;

interface Line {
  slope: number;
  intercept: number;
}

const lineId = (slope: number): string => `line${slope}`;

function parts(
  columns: Record<string, [number[], number[]]>,
  kind: 'simulated' | 'files',
  source: string,
  all?: 'test',
  folds: Folds = noFolds,
) {
  const made: Record<string, Dataset> = {};
  for (const [id, [x, y]] of Object.entries(columns)) {
    const rows = Uint32Array.from(x, (_, i) => i);
    const [a, b] = all ? [0, 0] : [Math.floor(rows.length * 0.6), Math.floor(rows.length * 0.8)];
    const splits =
      folds.folds === 0
        ? { train: rows.slice(0, a), validation: rows.slice(a, b), test: rows.slice(b) }
        : splitRows({
            groups: rows,
            by: 'order',
            random: new RandomStream(1),
            training: 0.6,
            validation: 0.2,
            ...folds,
          });
    made[id] = new Dataset(
      {
        x: { data: Float64Array.from(x), shape: [] },
        y: { data: Float64Array.from(y), shape: [] },
        positive: { data: Uint8Array.from(y, (v) => (v > 0 ? 1 : 0)), shape: [] },
      },
      splits,
      { kind, source, notes: ['points <made> & "drawn"'] },
    );
  }
  return made;
}

function simulate({ config, random, progress }: StageContext<Config>): Parts {
  const columns: Record<string, [number[], number[]]> = {};
  const task = progress.task('drawing points', config.slopes.length, 'lines');
  for (const slope of config.slopes) {
    const stream = random.split(lineId(slope));
    const x = Array.from({ length: config.samples }, () =>
      config.abscissae === 'uniform' ? stream.uniform() : stream.normal(),
    );
    columns[lineId(slope)] = [x, x.map((v) => slope * v + 1 + config.noise * stream.normal())];
    task.advance();
  }
  task.end();
  return parts(columns, 'simulated', 'points around straight lines', undefined, {
    folds: config.folds,
    fold: config.fold,
  });
}

async function readPoints(path: string): Promise<[number[], number[]]> {
  const points = (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number));
  const bad = points.findIndex((point) => point.length !== 2 || point.some(Number.isNaN));
  if (bad >= 0)
    throw new UserError({ what: 'expected x,y', where: `${path}, line ${bad + 1}`, how: 'give two numbers' });
  return [points.map(([x]) => x), points.map(([, y]) => y)];
}

const numbers = (values: readonly number[]) => ({
  dtype: 'float32' as const,
  shape: [values.length, 1],
  data: Float32Array.from(values),
});

/** Called at every step of training; a test aborts or throws from here. */
export const hooks: { onStep?: (id: string, step: number) => void | Promise<void> } = {};

export const noisyLine = defineDomain<Config, { x: number }, { y: number; line: string }>({
  name: 'noisy-line',
  title: 'Lines through noisy points',
  summary:
    'Points scatter around straight lines. Gradient descent finds the lines. Everybody knows the answer.',
  paper: { citation: 'A. M. Legendre, Nouvelles méthodes (1805)', doi: '10.0000/legendre' },
  config: configSchema,
  presets: { quick: {}, standard: { samples: 200 }, paper: { samples: 1000, training: { steps: 400 } } },
  sources: ['a text file of lines x,y'],
  simulate: async (context) => simulate(context),
  async open(source, { config, purpose }) {
    const points = await readPoints(source);
    const all = purpose === 'evaluation' ? 'test' : undefined;
    return parts(Object.fromEntries(config.slopes.map((s) => [lineId(s), points])), 'files', source, all);
  },
  folds: { folds: 'folds', fold: 'fold' },
  budget: { path: 'training.steps', continues: ({ abscissae }) => abscissae === 'uniform' },
  async train(data, context) {
    for (const [id, set] of Object.entries(data)) {
      if (context.hasModel(id)) continue;
      const file = join(context.checkpointDirectory(id), 'last.json');
      const state: Line & { step: number } = existsSync(file)
        ? JSON.parse(readFileSync(file, 'utf8'))
        : { slope: 0, intercept: 0, step: 0 };
      if (state.step > 0) context.rewind((line) => line.model !== id || Number(line.step) <= state.step);
      const { columns, size } = set.take(set.splits.train);
      const task = context.progress.task(`training ${id}`, context.config.training.steps, 'steps');
      task.advance(state.step);
      while (state.step < context.config.training.steps) {
        let [loss, ds, di] = [0, 0, 0];
        for (let i = 0; i < size; i++) {
          const error = state.slope * columns.x.data[i] + state.intercept - columns.y.data[i];
          loss += (error * error) / size;
          ds += (2 * error * columns.x.data[i]) / size;
          di += (2 * error) / size;
        }
        state.slope -= context.config.training.learningRate * ds;
        state.intercept -= context.config.training.learningRate * di;
        state.step++;
        context.record({ model: id, step: state.step, loss, validationLoss: loss * 1.1 });
        task.advance(1, { loss });
        if (state.step % 10 === 0) writeFileSync(file, JSON.stringify(state));
        await hooks.onStep?.(id, state.step);
        if (context.signal.aborted) {
          writeFileSync(file, JSON.stringify(state));
          throw context.signal.reason;
        }
      }
      task.end();
      const { slope, intercept } = state;
      const json = JSON.stringify({ slope, intercept });
      await context.saveModel(id, {
        onnx: Buffer.from(json),
        layers: { json: '{"modelTopology":{}}', weights: Uint8Array.of(1, 2, 3, 4) },
      });
    }
  },
  async evaluate(data, { models }) {
    const figures = [];
    for (const [id, set] of Object.entries(data)) {
      const { columns, size } = set.take(set.splits.test);
      const { y } = await models.run(id, { x: numbers([...columns.x.data]) }).then((out) => out);
      let sum = 0;
      for (let i = 0; i < size; i++) sum += (y.data[i] - columns.y.data[i]) ** 2;
      const value = Math.sqrt(sum / size);
      const interval = (v: number): Estimate => ({ value: v, low: v * 0.9, high: v * 1.1 });
      figures.push({
        id: `error-${id.replace('-', 'minus-')}`,
        label: `RMS error of ${id}`,
        ...interval(value),
        level: 0.95,
        n: size,
        unit: 'y',
        paper: { value: 0.02, error: 0.001 },
        exact: 0.01,
        baselines: [{ id: 'mean', label: 'mean of y', ...interval(value * 20) }],
        note: 'Smaller is <better>.',
      });
    }
    return { figures, curves: { errors: figures.map(({ id, value }) => ({ id, value })) } };
  },
  async figures({ curves }) {
    return [
      {
        id: 'errors',
        title: 'Errors of the lines',
        caption: 'All errors are near the noise & nothing else.',
        table: { head: ['line', 'error'], rows: [['a <steep> one', '0.01']] },
        vegaLite: {
          data: { values: curves.errors },
          mark: 'bar',
          encoding: { x: { field: 'id', type: 'nominal' }, y: { field: 'value', type: 'quantitative' } },
        },
      },
    ];
  },
  primaryModel: (ids) => ids[ids.length - 1],
  predict: {
    request: z.object({ x: z.number() }),
    answer: z.object({ y: z.number(), line: z.string() }),
    accepts: 'a text file with one number a line',
    reads: ['.txt', '.csv'],
    async read(path) {
      const lines = (await readFile(path, 'utf8')).trim().split('\n');
      return lines.map((line, i) => {
        if (line.trim() === '' || Number.isNaN(Number(line))) {
          throw new UserError({
            what: 'expected a number',
            where: `${path}, line ${i + 1}`,
            how: 'give one',
          });
        }
        return { x: Number(line) };
      });
    },
    decode: ({ x }, models) => ({ models: [models.ids[0]], inputs: { x: numbers([x]) } }),
    encode: ([{ y }]) => ({ y: y.data[0], line: 'first' }),
    describe: ({ y }) => `y = ${y.toFixed(3)}`,
    examples: [{ x: 1 }],
  },
});

/** Opens the JSON that stands for a network. */
export async function openLines(paths: RunLayout): Promise<Models> {
  const ids = await modelIds(paths);
  return {
    ids,
    metadata: async () => ({}),
    async run(id, { x }) {
      const { slope, intercept } = JSON.parse(await readFile(onnxPath(paths, id), 'utf8')) as Line;
      return { y: numbers(Array.from(x.data, (v) => slope * v + intercept)) };
    },
  };
}

export const registry: Registry = [
  { name: noisyLine.name, title: noisyLine.title, load: async () => noisyLine },
  { name: 'broken-line', title: 'A domain with a bug', load: () => Promise.reject(new TypeError('a bug')) },
];
