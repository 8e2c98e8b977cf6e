import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mul, squeeze, sum, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../core/engine/devices.ts';
import { UserError } from '../../../core/errors.ts';
import { namedWeights } from '../../../core/models/named-weights.ts';
import { RandomStream } from '../../../core/random.ts';
import { rowSource, streamSource } from '../../../core/training/batch-source.ts';
import { type FitOptions, fit, type HistoryEntry } from '../../../core/training/fit.ts';
import { bucketSource } from '../../../core/training/length-buckets.ts';
import { meanSquaredError } from '../../../core/training/losses.ts';
import { sgd } from '../../../core/training/optimizers/sgd.ts';
import { gather, smallTask, y } from './small-task.ts';

const temporary = () => mkdtemp(join(tmpdir(), 'deepfield-fit-'));

/** @param summed whether the points are sums over the steps of sequences */
async function run(
  { summed = false, ...overrides }: Partial<FitOptions> & { summed?: boolean } = {},
  device = 'cpu',
) {
  const engine = await openEngine(device, { threads: 1 });
  const plain = smallTask(engine, overrides);
  const options: FitOptions = summed
    ? {
        ...plain,
        objective: ({ x, ...given }, training) => plain.objective({ ...given, x: sum(x, 1) }, training),
      }
    : plain;
  const history: HistoryEntry[] = [];
  const result = await fit({ ...options, onHistory: (entry) => history.push(entry) });
  const weights = Object.values(namedWeights(options.model)).flatMap((v) => Array.from(v.dataSync()));
  return { result, history, weights };
}

const largestDifference = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((v, i) => Math.abs(v - b[i])));

describe('fit', () => {
  it('learns, reports every pass, and agrees with the reference device', async () => {
    const compiled = await run();
    const reference = await run({}, 'reference');
    expect(compiled.history.map(({ epoch, step }) => [epoch, step])).toEqual(
      [1, 2, 3, 4, 5, 6].map((e) => [e, 7 * e]),
    );
    expect(compiled.history.at(-1)!.validation!.loss).toBeLessThan(
      0.8 * compiled.history[0].validation!.loss,
    );
    // float32 sums in another order over 42 steps of Adam.
    expect(largestDifference(compiled.weights, reference.weights)).toBeLessThan(1e-3);
  });

  it('counts every row of a smaller last batch once and the padding never', async () => {
    // One batch that is 3/4 padding must move the weights exactly as the same rows without padding.
    const task = { optimizer: sgd({ learningRate: 0.5 }), epochs: 1, validation: undefined } as const;
    const rows = rowSource({ rows: [0, 1, 2, 3, 4, 5, 6, 7], gather });
    const padded = await run({ ...task, train: rows, batchSize: 32 }, 'reference');
    const exact = await run({ ...task, train: rows, batchSize: 8 }, 'reference');
    // The dropout masks differ in shape, not in their first rows.
    expect(largestDifference(padded.weights, exact.weights)).toBeLessThan(1e-6);
  });

  it('takes sequences of several lengths, and learns from them what it learns from padded ones', async () => {
    // Points of the task as sums over sequences of 1 to 5 steps, zeros behind.
    const lengthOf = (row: number) => 1 + (row % 5);
    const sequences = (rows: Uint32Array, length: number) => {
      const { x, y: labels } = gather(rows);
      const steps = new Float32Array(rows.length * length * 2);
      rows.forEach((row, i) => {
        const own = lengthOf(row);
        for (let t = 0; t < own; t++)
          for (let k = 0; k < 2; k++) steps[(i * length + t) * 2 + k] = x[2 * i + k] / own;
      });
      return { x: steps, y: labels };
    };
    const learn = (buckets: readonly number[]) => {
      const rows = Uint32Array.from({ length: 200 }, (_, i) => i);
      const source = { rows, lengthOf, buckets, gather: sequences };
      const train = bucketSource({ ...source, shuffle: new RandomStream(3, 'order') });
      return run({
        inputs: { x: { shape: [-1, 2] }, y: { shape: [1] } },
        train,
        validation: bucketSource(source),
        summed: true,
      });
    };
    const [bucketed, padded] = [await learn([1, 3, 5]), await learn([5])];
    expect(bucketed.history.map(({ step }) => step)).toEqual([7, 14, 21, 28, 35, 42]);
    // The same sums in another order.
    expect(largestDifference(bucketed.weights, padded.weights)).toBeLessThan(1e-5);
    expect(bucketed.history.at(-1)!.validation!.loss).toBeCloseTo(padded.history.at(-1)!.validation!.loss, 5);
  });

  it('refuses several steps a call, and batches without a length, where lengths are open', async () => {
    const inputs = { x: { shape: [-1, 2] }, y: { shape: [1] } };
    await expect(run({ inputs, stepsPerCall: 2 })).rejects.toThrow(
      /several steps a call need rows of one shape/,
    );
    await expect(run({ inputs })).rejects.toThrow(/a batch has no length, which the inputs leave open/);
  });

  it('stops after the given steps in the middle of a pass', async () => {
    const { result, history } = await run({ epochs: undefined, steps: 10 });
    expect(result.steps).toBe(10);
    expect(history.at(-1)!.step).toBe(10);
  });

  it('evaluates every so many steps', async () => {
    const { history } = await run({ epochs: undefined, steps: 12, evaluateEvery: 5 });
    expect(history.map(({ step }) => step)).toEqual([5, 10, 12]);
  });

  it('gives the same weights when several steps run in one call', async () => {
    const single = await run();
    const grouped = await run({ stepsPerCall: 3 });
    // Another graph, so other fusions: equal up to float32 rounding over 42 steps.
    expect(largestDifference(single.weights, grouped.weights)).toBeLessThan(1e-3);
    expect(grouped.result.steps).toBe(42);
  });

  it('follows a schedule', async () => {
    const { history } = await run({ schedules: { learningRate: ({ epoch }) => 0.02 / (1 + epoch) } });
    expect(history.map(({ rates }) => rates.learningRate)).toEqual(
      [1, 2, 3, 4, 5, 6].map((e) => 0.02 / (1 + e)),
    );
  });

  it('stops early and keeps the best weights', async () => {
    const folder = await temporary();
    const early = { metric: 'loss', mode: 'min', patience: 2 } as const;
    const { result, history } = await run({
      epochs: 200,
      earlyStopping: early,
      checkpoints: folder,
      schedules: { learningRate: ({ epoch }) => (epoch < 4 ? 0.02 : 0.5) },
    });
    expect(result.stoppedEarly).toBe(true);
    const losses = history.map(({ validation }) => validation!.loss);
    expect(result.best!.value).toBe(Math.min(...losses));
    expect(losses.length - 1 - losses.indexOf(result.best!.value)).toBe(2);
    const kept = await run({ epochs: 200, earlyStopping: early, checkpoints: folder });
    expect(kept.result.best).toEqual(result.best);
  });

  it('hands all validation rows to metrics that are no mean over rows', async () => {
    const engine = await openEngine('cpu', { threads: 1 });
    const { model, ...options } = smallTask(engine, { epochs: 1 });
    const seen: Readonly<Record<string, Float32Array>>[] = [];
    const history: HistoryEntry[] = [];
    await fit({
      ...options,
      model,
      objective: ({ x, y, weight }) => ({
        loss: meanSquaredError(y, model.apply(x) as Tensor, weight),
        rows: { label: squeeze(y, [1]) },
      }),
      rowMetrics: (rows) => {
        seen.push(rows);
        return { labels: rows.label.reduce((a, b) => a + b, 0) };
      },
      onHistory: (entry) => history.push(entry),
    });
    // Rows 200 to 249, in batches of 32: what fills the last batch is left out.
    expect(Array.from(seen[0].label)).toEqual(Array.from(y.subarray(200, 250)));
    expect(history[0].validation).toMatchObject({ labels: y.subarray(200, 250).reduce((a, b) => a + b, 0) });
    expect(Object.keys(history[0].validation!)).toEqual(['loss', 'labels']);
  });

  it('rejects early stopping on a metric that is not there, naming those that are', async () => {
    const attempt = run({ earlyStopping: { metric: 'auc', mode: 'max', patience: 1 } });
    await expect(attempt).rejects.toThrow('early stopping: no metric auc; there are loss');
  });

  it('stops with the step and a remedy when the loss is no longer a number', async () => {
    const engine = await openEngine('cpu');
    const options = smallTask(engine);
    const { model } = options;
    const attempt = fit({
      ...options,
      label: 'exploding',
      optimizer: sgd({ learningRate: 1e30 }),
      objective: ({ x, y, weight }) => ({
        loss: meanSquaredError(y, mul(1e30, model.apply(x) as Tensor), weight),
      }),
    });
    await expect(attempt).rejects.toThrow(UserError);
    await expect(attempt).rejects.toThrow(
      /^exploding: the loss became (NaN|Infinity|-Infinity) at step \d+ \(epoch 1\); try a lower learning rate than 1e\+30/,
    );
  });

  it('refuses a checkpoint of another network, and one that is damaged', async () => {
    const folder = await temporary();
    await run({ checkpoints: folder });
    const engine = await openEngine('cpu');
    const other = smallTask(engine, {
      checkpoints: folder,
      optimizer: sgd({ learningRate: 0.1, momentum: 0.9 }),
    });
    await expect(fit(other)).rejects.toThrow(
      /last.safetensors: it has no sgd\/velocity\/.*; resume with the configuration/,
    );
    await truncate(join(folder, 'last.safetensors'), 100);
    await expect(fit(smallTask(engine, { checkpoints: folder }))).rejects.toThrow(
      /last.safetensors: not a whole safetensors file/,
    );
  });
});

describe('resuming', () => {
  it('after an abort goes on to the same bits', async () => {
    const straight = await run();
    const folder = await temporary();
    const controller = new AbortController();
    let passes = 0;
    const engine = await openEngine('cpu', { threads: 1 });
    const interrupted = fit({
      ...smallTask(engine, { checkpoints: folder }),
      signal: controller.signal,
      onHistory: () => {
        if (++passes === 2) controller.abort(new Error('stopped by hand'));
      },
    });
    await expect(interrupted).rejects.toThrow('stopped by hand');
    const resumed = await run({ checkpoints: folder });
    expect(resumed.weights).toEqual(straight.weights);
    expect(resumed.history.map(({ epoch }) => epoch)).toEqual([3, 4, 5, 6]);
  });

  it('after kill -9 goes on to the same bits, wherever it is killed', async () => {
    const program = fileURLToPath(new URL('train-in-process.ts', import.meta.url));
    const start = (...parameters: string[]) =>
      spawn(process.execPath, ['--import', 'tsx', program, ...parameters]);
    const finish = (child: ReturnType<typeof start>) =>
      new Promise<string>((resolve) => {
        let text = '';
        child.stdout.on('data', (chunk) => {
          text += chunk;
        });
        child.on('close', () => resolve(text));
      });
    const weightsOf = (text: string) => /weights (\S+)/.exec(text)?.[1];
    const straight = weightsOf(await finish(start(await temporary())));
    expect(straight).toBeDefined();
    const folder = await temporary();
    for (const epoch of [3, 7]) {
      const child = start(folder, 'slow');
      let text = '';
      child.stdout.on('data', (chunk) => {
        text += chunk;
        if (text.includes(`epoch ${epoch}\n`)) child.kill('SIGKILL');
      });
      await new Promise((resolve) => child.on('close', resolve));
      expect(weightsOf(text)).toBeUndefined();
    }
    expect(weightsOf(await finish(start(folder)))).toBe(straight);
    expect((await readdir(folder)).filter((name) => name === 'last.safetensors')).toHaveLength(1);
  });

  it('of a finished run goes on to more passes as if they had been asked for, best weights among them', async () => {
    const earlyStopping = { metric: 'loss', mode: 'min', patience: 6 } as const;
    for (const options of [{}, { earlyStopping }]) {
      const straight = await run({ ...options, epochs: 6 });
      const folder = await temporary();
      await run({ ...options, epochs: 2, checkpoints: folder });
      const longer = await run({ ...options, epochs: 6, checkpoints: folder });
      expect(longer.weights).toEqual(straight.weights);
      expect(longer.history).toEqual(straight.history.slice(2));
      expect(longer.result.best).toEqual(straight.result.best);
    }
  });

  it('of a run that stopped early trains no further, however many passes are asked for', async () => {
    const folder = await temporary();
    const earlyStopping = { metric: 'loss', mode: 'min', patience: 1 } as const;
    // From the third pass on no step is taken, so that nothing gets better.
    const schedules = { learningRate: ({ epoch }: { epoch: number }) => (epoch < 2 ? 0.02 : 0) };
    const first = await run({ epochs: 9, earlyStopping, schedules, checkpoints: folder });
    expect(first.result.stoppedEarly).toBe(true);
    const again = await run({ epochs: 18, earlyStopping, schedules, checkpoints: folder });
    expect(again.history).toEqual([]);
    expect(again.weights).toEqual(first.weights);
  });

  it('of a finished run trains no further', async () => {
    const folder = await temporary();
    const first = await run({ checkpoints: folder });
    const bytes = await readFile(join(folder, 'last.safetensors'));
    const again = await run({ checkpoints: folder });
    expect(again.history).toEqual([]);
    expect(again.weights).toEqual(first.weights);
    expect(await readFile(join(folder, 'last.safetensors'))).toEqual(bytes);
  });
});

describe('batch sources', () => {
  const ids = Uint32Array.from({ length: 103 }, (_, i) => i);
  const rows = (batches: { inputs: Record<string, ArrayLike<number>> }[]) =>
    batches.flatMap(({ inputs }) => Array.from(inputs.id));
  const collect = async (source: ReturnType<typeof rowSource>, epoch: number, skip = 0) => {
    const batches = [];
    for await (const batch of source.epoch({ epoch, batchSize: 10, skip })) batches.push(batch);
    return rows(batches as never);
  };
  const shuffle = new RandomStream(3, 'order');
  const byRow = rowSource({ rows: ids, gather: (r) => ({ id: Int32Array.from(r) }), shuffle });
  const streamed = streamSource({
    size: 103,
    bufferRows: 30,
    shuffle,
    open: async function* () {
      for (let i = 0; i < 103; i += 17) {
        const block = Int32Array.from(ids.subarray(i, i + 17));
        yield { rows: block.length, inputs: { id: block } };
      }
    },
  });

  it.each([
    ['rows', byRow],
    ['stream', streamed],
  ])('%s: each pass has every row once, in its own order', async (_name, source) => {
    const first = await collect(source, 0);
    const second = await collect(source, 1);
    expect(first.toSorted((a, b) => a - b)).toEqual(Array.from(ids));
    expect(second.toSorted((a, b) => a - b)).toEqual(Array.from(ids));
    expect(first).not.toEqual(second);
    expect(await collect(source, 0)).toEqual(first);
  });

  it.each([
    ['rows', byRow],
    ['stream', streamed],
  ])('%s: a pass can be entered in the middle', async (_name, source) => {
    expect(await collect(source, 2, 4)).toEqual((await collect(source, 2)).slice(40));
  });
});
