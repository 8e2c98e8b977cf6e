import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../core/engine/devices.ts';
import { UserError } from '../../../core/errors.ts';
import { namedWeights } from '../../../core/models/named-weights.ts';
import { type AdversarialOptions, trainAdversarially } from '../../../core/training/adversarial.ts';
import type { HistoryEntry } from '../../../core/training/fit.ts';
import { sgd } from '../../../core/training/optimizers/sgd.ts';
import { smallGame } from './small-game.ts';

async function run(overrides: Partial<AdversarialOptions> = {}, device = 'cpu') {
  const engine = await openEngine(device, { threads: 1 });
  const options = smallGame(engine, overrides);
  const history: HistoryEntry[] = [];
  const result = await trainAdversarially({ ...options, onHistory: (entry) => history.push(entry) });
  const weights = [options.generator, options.discriminator].map((model) =>
    Object.values(namedWeights(model)).flatMap((v) => Array.from(v.dataSync())),
  );
  await engine.dispose();
  return { result, history, weights };
}

const largestDifference = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((v, i) => Math.abs(v - b[i])));

describe('adversarial training', () => {
  it('moves both networks as the reference device does', async () => {
    // Plain gradient descent: Adam would divide the smallest gradients by themselves.
    const slow = {
      generatorOptimizer: sgd({ learningRate: 0.01 }),
      discriminatorOptimizer: sgd({ learningRate: 0.01 }),
    };
    const compiled = await run({ ...slow, epochs: 1 });
    const reference = await run({ ...slow, epochs: 1 }, 'reference');
    // float32 sums in another order over five steps.
    compiled.weights.forEach((weights, i) => {
      expect(largestDifference(weights, reference.weights[i])).toBeLessThan(1e-4);
    });
    expect(compiled.history[0].parts!.discriminator).toBeCloseTo(
      reference.history[0].parts!.discriminator,
      4,
    );
  });

  it('moves the discriminator down its own loss and the generator against the one that has moved', async () => {
    const rate = 0.1;
    const still = sgd({ learningRate: 0 });
    const options = (engine: AdversarialOptions['engine'], overrides: Partial<AdversarialOptions>) =>
      smallGame(engine, { epochs: undefined, steps: 1, validation: undefined, ...overrides });
    const engine = await openEngine('cpu', { threads: 1 });
    const play = async (overrides: Partial<AdversarialOptions>) => {
      const history: HistoryEntry[] = [];
      await trainAdversarially({ ...options(engine, overrides), onHistory: (entry) => history.push(entry) });
      return history[0];
    };
    const apart = await play({ generatorOptimizer: still, discriminatorOptimizer: still });
    const moved = await play({
      generatorOptimizer: still,
      discriminatorOptimizer: sgd({ learningRate: rate }),
    });
    // The same first images and the same first discriminator ...
    expect(moved.parts!.discriminator).toBe(apart.parts!.discriminator);
    // ... which after its step is harder to pass.
    expect(moved.parts!.adversarial).toBeGreaterThan(apart.parts!.adversarial);
    expect(moved.loss).toBeCloseTo(moved.parts!.adversarial + moved.parts!.regression, 5);
    await engine.dispose();
  });

  it('learns a mapping, and the discriminator learns to tell', async () => {
    const { history } = await run({ epochs: 30 });
    const [first, last] = [history[0], history.at(-1)!];
    expect(last.validation!.absoluteError).toBeLessThan(0.35 * first.validation!.absoluteError);
    // A discriminator that cannot tell answers 1/2: a loss of ln 2.
    const alone = await run({ epochs: 10, generatorOptimizer: sgd({ learningRate: 0 }) });
    expect(alone.history.at(-1)!.parts!.discriminator).toBeLessThan(0.5 * Math.LN2);
  });

  it('takes any loss beside the verdict, and a weight for the verdict', async () => {
    const engine = await openEngine('cpu', { threads: 1 });
    const options = smallGame(engine, { epochs: 1 });
    const history: HistoryEntry[] = [];
    const regression = ({ truth }: Record<string, tf.Tensor>, made: tf.Tensor) => ({
      loss: tf.mean(tf.square(tf.sub(truth, made))) as tf.Scalar,
    });
    await trainAdversarially({
      ...options,
      objective: { ...options.objective, regression, adversarialWeight: 0.01 },
      onHistory: (entry) => history.push(entry),
    });
    const { loss, parts } = history[0];
    expect(loss).toBeCloseTo(0.01 * parts!.adversarial + parts!.regression, 5);
    expect(Object.keys(history[0].validation!)).toEqual(['loss']);
    await engine.dispose();
  });

  it('gives each network its own schedule', async () => {
    const { history } = await run({
      epochs: 2,
      schedules: { 'discriminator/learningRate': ({ epoch }) => 0.01 / (1 + epoch) },
    });
    expect(history.map(({ rates }) => rates)).toEqual(
      [1, 2].map((epoch) => ({ learningRate: 0.01, 'discriminator/learningRate': 0.01 / (1 + epoch) })),
    );
  });

  it('stops with the step and a remedy when a loss is no longer a number', async () => {
    const attempt = run({ generatorOptimizer: sgd({ learningRate: 1e38 }), label: 'exploding' });
    await expect(attempt).rejects.toThrow(UserError);
    await expect(attempt).rejects.toThrow(
      /^exploding: the loss became \S+ at step \d+ .*lower learning rate than 1e\+38/,
    );
  });

  it('says what it misses', async () => {
    await expect(run({ steps: 3 })).rejects.toThrow('adversarial training: give either epochs or steps');
  });

  it('after an abort goes on to the same bits', async () => {
    const straight = await run();
    const folder = await mkdtemp(join(tmpdir(), 'deepfield-game-'));
    const controller = new AbortController();
    let passes = 0;
    const interrupted = run({
      checkpoints: folder,
      signal: controller.signal,
      get progress() {
        return {
          task: () => ({
            advance: () => {
              // In the middle of the second pass of five steps.
              if (++passes === 9) controller.abort(new Error('stopped by hand'));
            },
            end: () => {},
          }),
        } as never;
      },
    });
    await expect(interrupted).rejects.toThrow('stopped by hand');
    const resumed = await run({ checkpoints: folder });
    expect(resumed.weights).toEqual(straight.weights);
    expect(resumed.history).toEqual(straight.history.slice(1));
  });
});
