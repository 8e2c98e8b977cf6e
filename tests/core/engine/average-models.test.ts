// Several networks as one file: what it answers is the mean of what they answer, and the spread beside it.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Averaging, averageModels, spreadOutput } from '../../../core/engine/average-models.ts';
import { exportModel } from '../../../core/engine/export.ts';
import { InferenceModel } from '../../../core/engine/inference.ts';
import '../../../core/engine/tfjs.ts';

/** y = x w + b of three features, and its answer through `through`. */
function member(w: readonly number[], b: number, name = 'y', features = 3): Uint8Array {
  return exportModel(
    ({ x }) => ({ [name]: tf.add(tf.matMul(x as tf.Tensor2D, tf.tensor2d([...w], [features, 1])), b) }),
    { x: { shape: [features] } },
    { metadata: { who: `${b}` } },
  );
}

async function ask(bytes: Uint8Array, rows: readonly (readonly number[])[]) {
  const model = await InferenceModel.open(bytes, 'merged');
  const data = Float32Array.from(rows.flat());
  const answers = await model.run({ x: { dtype: 'float32', shape: [rows.length, rows[0].length], data } });
  const { metadata } = model;
  await model.dispose();
  return { metadata, y: [...answers.y.data], spread: [...answers[spreadOutput('y')].data] };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const deviation = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const value = fc.double({ min: -3, max: 3, noNaN: true }).map(Math.fround);
const row = fc.tuple(value, value, value);

describe('averageModels', () => {
  it.each(['mean', 'log-odds'] as const)('by %s agrees with double precision', async (how: Averaging) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(row, value), { minLength: 2, maxLength: 5 }),
        fc.array(row, { minLength: 1, maxLength: 4 }),
        async (members, rows) => {
          const files = members.map(([w, b]) => member(w, b));
          const { y, spread } = await ask(averageModels(files, { outputs: { y: how } }), rows);
          rows.forEach((x, i) => {
            const own = members.map(([w, b]) => x.reduce((sum, v, k) => sum + v * w[k], b));
            const p = mean(own.map(sigmoid));
            const q = mean(own.map((v) => sigmoid(-v)));
            // Values up to 30 in float32: 1e-5 is some ten of its steps there.
            expect(Math.abs(y[i] - (how === 'mean' ? mean(own) : Math.log(p / q)))).toBeLessThan(2e-5);
            expect(Math.abs(spread[i] - deviation(own))).toBeLessThan(2e-5);
          });
        },
      ),
      { numRuns: 12 },
    );
  });

  it('of equal members is the member, with no spread', async () => {
    const one = member([1, 2, 3], 0.5);
    const merged = averageModels([one, one, one], { outputs: { y: 'mean' }, metadata: { facts: 'all' } });
    const { y, spread, metadata } = await ask(merged, [[1, 1, 1]]);
    expect(y).toEqual([6.5]);
    expect(spread).toEqual([0]);
    expect(metadata).toEqual({ facts: 'all' });
  });

  it('keeps log odds finite where every probability is 1 or 0 in float32', async () => {
    const merged = averageModels([member([0, 0, 0], 60), member([0, 0, 0], 40)], {
      outputs: { y: 'log-odds' },
    });
    // The mean of 1 - p is dominated by exp(-40) / 2: log odds 40 + log 2.
    expect((await ask(merged, [[0, 0, 0]])).y[0]).toBeCloseTo(40 + Math.log(2), 3);
  });

  it('takes deviations by the law of total variance, and leaves out what has no mean', async () => {
    /** Answers b, a deviation of it, and a number in an order of its own: the deviation first. */
    const uncertain = (b: number, deviation: number): Uint8Array =>
      exportModel(
        ({ x }) => {
          const nothing = tf.mul(tf.sum(x, 1, true), 0);
          return { d: tf.add(nothing, deviation), y: tf.add(nothing, b), unit: tf.add(nothing, 2 * b) };
        },
        { x: { shape: [2] } },
      );
    const outputs: Readonly<Record<string, Averaging>> = {
      y: 'mean',
      d: { deviationOf: 'y' },
      unit: 'left-out',
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(value, fc.double({ min: 0.01, max: 3, noNaN: true }).map(Math.fround)), {
          minLength: 2,
          maxLength: 4,
        }),
        async (members) => {
          const merged = averageModels(
            members.map(([b, own]) => uncertain(b, own)),
            { outputs },
          );
          const model = await InferenceModel.open(merged, 'merged');
          const answers = await model.run({
            x: { dtype: 'float32', shape: [1, 2], data: new Float32Array(2) },
          });
          expect(Object.keys(answers).sort()).toEqual(['d', 'd_spread', 'y', 'y_spread']);
          await model.dispose();
          const [values, own] = [members.map(([b]) => b), members.map(([, d]) => d)];
          const variance = mean(own.map((d) => d ** 2)) + deviation(values) ** 2;
          // Numbers up to 5 in float32: a few of its steps, of squares up to 25 before the root.
          expect(Math.abs(answers.d.data[0] - Math.sqrt(variance))).toBeLessThan(1e-5);
          expect(Math.abs(answers.d_spread.data[0] - deviation(own))).toBeLessThan(1e-5);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('refuses what does not go together', () => {
    const one = member([1, 2, 3], 0);
    const outputs = { y: 'mean' } as const;
    expect(() => averageModels([one], { outputs })).toThrow('one model is no ensemble');
    expect(() => averageModels([one, member([1, 2], 0, 'y', 2)], { outputs })).toThrow(
      'their inputs differ: x (type 1) [*, 3], not x (type 1) [*, 2]',
    );
    expect(() => averageModels([one, member([1, 2, 3], 0, 'z')], { outputs })).toThrow(
      'their outputs differ: y',
    );
    expect(() => averageModels([one, one], { outputs: {} })).toThrow(
      'nobody says how the output y is averaged',
    );
  });
});
