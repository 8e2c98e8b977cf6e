import { describe, expect, it } from 'vitest';
import type { TensorData } from '../../../core/engine/tensor-data.ts';
import type { Models } from '../../../domains/domain.ts';
import { predictAll } from '../../../pipelines/stages/predict.ts';
import { noisyLine } from '../noisy-line.ts';

/** Sums each row; remembers how many rows it was given at a time. */
function summing(): { models: Models; batches: [string, readonly number[]][] } {
  const batches: [string, readonly number[]][] = [];
  const models: Models = {
    ids: ['a', 'b'],
    metadata: async () => ({}),
    async run(id, { x }) {
      batches.push([id, x.shape]);
      const [rows, width] = x.shape;
      const data = Float32Array.from({ length: rows }, (_, i) =>
        [...x.data.subarray(i * width, (i + 1) * width)].reduce((sum, v) => sum + v, id === 'b' ? 100 : 0),
      );
      return { y: { dtype: 'float32', shape: [rows, 1], data } };
    },
  };
  return { models, batches };
}

const domain = {
  ...noisyLine,
  predict: {
    ...noisyLine.predict,
    decode: (request: unknown) => {
      const values = request as number[];
      const x: TensorData = { dtype: 'float32', shape: [1, values.length], data: Float32Array.from(values) };
      return { models: values.length === 2 ? ['a', 'b'] : ['a'], inputs: { x } };
    },
    encode: (outputs: readonly Record<string, TensorData>[]) =>
      outputs.map(({ y }) => [y.shape[0], y.data[0]]),
    describe: String,
  },
};

describe('predictAll', () => {
  it('runs requests of several rows together, and gives each its own rows and context', async () => {
    const { models, batches } = summing();
    const several = {
      ...domain,
      predict: {
        ...domain.predict,
        decode: async (request: unknown) => {
          const values = request as number[];
          const x: TensorData = {
            dtype: 'float32',
            shape: [values.length, 1],
            data: Float32Array.from(values),
          };
          return { models: ['a'], inputs: { x }, context: `of ${values.length}` };
        },
        encode: (
          outputs: readonly Record<string, TensorData>[],
          _request: unknown,
          _config: unknown,
          context: unknown,
        ) => [context, ...outputs.flatMap(({ y }) => [...y.data])],
      },
    };
    const answers = await predictAll(several as never, {}, models, [[1, 2, 3], [4], [5, 6]]);
    expect(answers).toEqual([
      ['of 3', 1, 2, 3],
      ['of 1', 4],
      ['of 2', 5, 6],
    ]);
    expect(batches).toEqual([['a', [6, 1]]]);
  });

  it('runs requests of one shape together and answers in the order asked', async () => {
    const { models, batches } = summing();
    const answers = await predictAll(domain as never, {}, models, [[1, 2], [5], [3, 4], [6]]);
    expect(answers).toEqual([
      [
        [1, 3],
        [1, 103],
      ],
      [[1, 5]],
      [
        [1, 7],
        [1, 107],
      ],
      [[1, 6]],
    ]);
    expect(batches).toEqual([
      ['a', [2, 2]],
      ['b', [2, 2]],
      ['a', [2, 1]],
    ]);
  });

  it('bounds what is run at once', async () => {
    const { models, batches } = summing();
    const answers = await predictAll(
      domain as never,
      {},
      models,
      Array.from({ length: 600 }, (_, i) => [i]),
    );
    expect(batches.map(([, [rows]]) => rows)).toEqual([256, 256, 88]);
    expect(answers.map((answer) => (answer as number[][])[0][1])).toEqual(
      Array.from({ length: 600 }, (_, i) => i),
    );
  });

  it('answers nothing with nothing', async () => {
    expect(await predictAll(domain as never, {}, summing().models, [])).toEqual([]);
  });
});
