// A graph that was laid out computes the same numbers, and moves less.
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../../core/engine/devices.ts';
import { encodeModel, orderedNodes } from '../../../../core/engine/graph/model.ts';
import {
  binary,
  concat,
  pad,
  reduce,
  reshape,
  slice,
  transpose,
  where,
} from '../../../../core/engine/graph/operators.ts';
import { layOut, reordered } from '../../../../core/engine/graph/optimise/layouts.ts';
import {
  inverse,
  isIdentity,
  type Order,
  transposeNumbers,
} from '../../../../core/engine/graph/optimise/permutation.ts';
import { openSession, runSession, runtimeTensor } from '../../../../core/engine/graph/session.ts';
import { constant, int64, record, type Value } from '../../../../core/engine/graph/value.ts';
import { sizeOf } from '../../../../core/engine/tensor-data.ts';
import { trace } from '../../../../core/engine/tracer.ts';
import '../../../../core/engine/tfjs.ts';
import { trainableWeights } from '../../../../core/models/named-weights.ts';
import { RandomStream } from '../../../../core/random.ts';
import { meanSquaredError } from '../../../../core/training/losses.ts';
import { sgd } from '../../../../core/training/optimizers/sgd.ts';
import { trainingStep } from '../../../../core/training/training-step.ts';

const normal = (shape: readonly number[], label: string): Float32Array => {
  const random = new RandomStream(3, label);
  return Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
};

/** Runs a graph on inputs of the given numbers. */
async function run(
  outputs: Record<string, Value>,
  fed: Readonly<Record<string, readonly [Value, Float32Array]>>,
) {
  const { bytes, inputs } = encodeModel(outputs, { name: 'test' });
  const session = await openSession(bytes, 'test', { threads: 1 });
  const feeds = Object.fromEntries(
    Object.entries(fed)
      .filter(([key]) => inputs.has(key))
      .map(([key, [{ shape }, data]]) => [key, runtimeTensor(data, shape, 'float32')]),
  );
  const results = await runSession(
    session,
    'test',
    feeds,
    Object.fromEntries(Object.keys(outputs).map((k) => [k, null])),
  );
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([key, { data }]) => [key, data as Float32Array]));
}

/** What one step of a random graph does to the values so far. */
type Move = (values: Value[], pick: (from: Value[]) => Value, order: Order) => Value;

const zeros = (x: Value): number[] => x.shape.map(() => 0);

const moves: Readonly<Record<string, Move>> = {
  transpose: (values, pick, order) => transpose(pick(values), order),
  // Another order of axes that nothing but a Transpose explains: a convolution by the unit filter would do as well.
  pinned: (values, pick) => record('CumSum', [pick(values), constant(Int32Array.of(1), [], 'int32')]),
  negate: (values, pick) => record('Neg', [pick(values)]),
  add: (values, pick) => {
    const a = pick(values);
    return binary('Add', a, pick(values.filter((b) => String(b.shape) === String(a.shape))));
  },
  addVector: (values, pick) => {
    const a = pick(values);
    const n = a.shape[3];
    return binary('Mul', a, constant(normal([n], 'vector'), [n], 'float32'));
  },
  addPlane: (values, pick) => {
    const a = pick(values);
    const shape = a.shape.slice(2);
    return binary('Add', a, constant(normal(shape, 'plane'), shape, 'float32'));
  },
  scale: (values, pick) => binary('Mul', pick(values), constant(Float32Array.of(1.5), [], 'float32')),
  choose: (values, pick) => {
    const a = pick(values);
    const zero = constant(Float32Array.of(0), [], 'float32');
    return where(binary('Greater', a, zero, 'bool'), a, zero);
  },
  centre: (values, pick) => {
    const a = pick(values);
    return binary('Sub', a, reduce('ReduceMean', a, [1, 2], true));
  },
  centreByChannel: (values, pick) => {
    const a = pick(values);
    return binary('Sub', a, reduce('ReduceMean', a, [0, 1, 2], false));
  },
  centreByPlane: (values, pick) => {
    const a = pick(values);
    return binary(
      'Sub',
      a,
      reduce('ReduceMean', a, [1], false).shape.length === 3
        ? reshape(reduce('ReduceMean', a, [1], false), [a.shape[0], 1, a.shape[2], a.shape[3]])
        : a,
    );
  },
  shift: (values, pick) => {
    const a = pick(values);
    const padded = pad(a, [0, 1, 2, 0], [1, 0, 0, 3], 0.5);
    return slice(
      padded,
      [1, 0, 1, 2],
      [1, 0, 1, 2].map((b, i) => b + a.shape[i]),
    );
  },
  join: (values, pick) => {
    const a = pick(values);
    const both = concat([a, a], 2);
    return slice(both, zeros(a), [...a.shape]);
  },
  softmax: (values, pick) => record('Softmax', [pick(values)], { axis: 3 }),
  expand: (values, pick) => {
    const a = pick(values);
    return record('Expand', [reduce('ReduceMax', a, [3], true), int64(a.shape)], {}, a.shape);
  },
};

const orders = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 });

describe('laying out', () => {
  it('keeps the numbers of any graph', async () => {
    const step = fc.record({
      move: fc.constantFrom(...Object.keys(moves)),
      pick: fc.infiniteStream(fc.nat()),
      order: orders,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 14 }),
        fc.option(orders, { nil: undefined }),
        async (steps, settled) => {
          const shape = [2, 3, 4, 5];
          const x: Value = { input: 'x', shape, dtype: 'float32' };
          const state: Value = { input: 'state', shape, dtype: 'float32' };
          const values = [x, state];
          for (const { move, pick, order } of steps) {
            values.push(moves[move](values, (from) => from[pick.next().value % from.length], order));
          }
          const result = values[values.length - 1];
          const alike = values.filter((value) => String(value.shape) === String(shape));
          const after = binary('Add', alike[alike.length - 1], state);
          const [given, held] = [normal(shape, 'x'), normal(shape, 'state')];
          const before = await run({ result, after }, { x: [x, given], state: [state, held] });
          const laidOut = layOut([result], [{ before: state, after, settled }]);
          const [{ before: now, after: then, order }] = laidOut.states;
          if (settled) expect(order).toEqual(settled);
          const outputs = { result: laidOut.results[0], after: then };
          const moved = await run(outputs, {
            x: [x, given],
            state: [now, transposeNumbers(held, shape, order) as Float32Array],
          });
          // The same operators in another order of axes: the sums of the reductions are rounded differently.
          const agree = (a: Float32Array, b: Float32Array): void =>
            a.forEach((value, i) => {
              expect(Math.abs(value - b[i])).toBeLessThan(1e-4 * Math.max(1, Math.abs(value)));
            });
          expect(laidOut.results[0].shape).toEqual(result.shape);
          agree(moved.result, before.result);
          agree(transposeNumbers(moved.after, then.shape, inverse(order)) as Float32Array, before.after);
        },
      ),
      { numRuns: 150, seed: 5 },
    );
  });

  it('transposes numbers there and back', () => {
    fc.assert(
      fc.property(orders, (order) => {
        const shape = [2, 3, 4, 5];
        const numbers = normal(shape, 'numbers');
        const moved = transposeNumbers(numbers, shape, order);
        const x = constant(numbers, shape, 'float32');
        // tfjs's own transpose says what is right.
        const expected = tf.tidy(() => tf.transpose(tf.tensor(numbers, shape), [...order]).dataSync());
        expect(reordered(x, order).constant).toEqual(expected);
        expect(transposeNumbers(moved, reordered(x, order).shape, inverse(order))).toEqual(numbers);
      }),
      { seed: 5 },
    );
  });
});

/** Convolutions down and up with what stands between them in a U-Net. */
function network() {
  const window = { kernelSize: 4, strides: 2, padding: 'same' } as const;
  return sequential({
    layers: [
      layers.conv2d({ name: 'down1', filters: 6, ...window, inputShape: [8, 8, 3] }),
      layers.leakyReLU({ alpha: 0.2 }),
      layers.conv2d({ name: 'down2', filters: 8, ...window }),
      layers.batchNormalization({ name: 'norm' }),
      layers.leakyReLU({ alpha: 0.2 }),
      layers.conv2dTranspose({ name: 'up', filters: 6, ...window }),
      layers.reLU(),
      layers.conv2dTranspose({ name: 'restored', filters: 3, ...window, activation: 'tanh' }),
    ],
  });
}

const rows = 2;
const image = [rows, 8, 8, 3];
const specs = {
  x: { shape: image },
  y: { shape: image },
  weight: { shape: [rows] },
  learningRate: { shape: [] },
  momentum: { shape: [] },
};

function stepOf(model: ReturnType<typeof network>) {
  const weights = trainableWeights(model);
  return trainingStep(
    ({ x, y, weight }) => ({
      loss: meanSquaredError(y, model.apply(x, { training: true }) as tf.Tensor, weight),
    }),
    weights,
    sgd({ learningRate: 0.01, momentum: 0.9 }).bind(weights),
  );
}

describe('a convolutional step', () => {
  it('keeps filters and their optimiser in the order of the convolutions', () => {
    const { results, variables } = trace(stepOf(network()), specs, 1);
    const given = Object.values(results[0]);
    const laidOut = layOut(given, variables);
    const transposed = (values: readonly Value[]): number =>
      orderedNodes(values)
        .filter(({ op }) => op === 'Transpose')
        .reduce((sum, { inputs }) => sum + sizeOf(inputs[0]!.shape), 0);
    const before = transposed([...given, ...variables.map(({ after }) => after)]);
    const after = transposed([...laidOut.results, ...laidOut.states.map((state) => state.after)]);
    // Two transposes are left for each convolution's filter gradient (images and errors by channel), and one for the
    // filter; before, each of the three convolutions had two for what goes in and out and one for the filter besides.
    expect(after).toBeLessThan(before / 2);
    const filters = laidOut.states.filter(({ before: { shape } }) => shape.length === 4);
    // Each filter with its velocity.
    expect(filters).toHaveLength(8);
    for (const { order } of filters) expect(isIdentity(order)).toBe(false);
  });

  it('gives variables back in the order of tfjs, whatever program settled it', async () => {
    const start = network().getWeights();
    const train = async (device: string, forwardFirst: boolean) => {
      const model = network();
      model.setWeights(start);
      const engine = await openEngine(device);
      const forward = () =>
        engine.compile(({ x }) => ({ y: model.apply(x) as tf.Tensor }), { x: { shape: image } });
      if (forwardFirst) await forward();
      const program = await engine.compile(stepOf(model), specs);
      const served = await forward();
      const feeds = {
        x: normal(image, 'x'),
        y: normal(image, 'y'),
        weight: new Float32Array(rows).fill(1),
        learningRate: 0.01,
        momentum: 0.9,
      };
      for (let i = 0; i < 3; i++) await program.run(feeds);
      await engine.pull();
      await engine.push();
      await program.run(feeds);
      await engine.pull();
      const [{ y }] = await served.run({ x: feeds.x });
      const expected = (model.predict(tf.tensor(feeds.x, image)) as tf.Tensor).dataSync();
      // The weights that came back are those that the device computes with.
      y.data.forEach((value, i) => {
        expect(Math.abs(value - expected[i])).toBeLessThan(1e-5);
      });
      return Object.entries(trainableWeights(model)).map(
        ([name, v]) => [name, v.shape, v.dataSync()] as const,
      );
    };
    const reference = await train('reference', false);
    for (const forwardFirst of [false, true]) {
      const weights = await train('cpu', forwardFirst);
      weights.forEach(([name, shape, numbers], i) => {
        expect(shape, name).toEqual(reference[i][1]);
        // Four steps in float32, whose sums are rounded in another order.
        numbers.forEach((value, k) => {
          expect(Math.abs(value - reference[i][2][k]), name).toBeLessThan(1e-5);
        });
      });
    }
  });
});
