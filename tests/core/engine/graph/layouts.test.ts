// A graph that was laid out computes the same numbers, and moves less.
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../../core/engine/devices.ts';
import { orderedNodes } from '../../../../core/engine/graph/model.ts';
import { binary } from '../../../../core/engine/graph/operators.ts';
import { layOut, reordered } from '../../../../core/engine/graph/optimise/layouts.ts';
import { inverse, isIdentity, transposeNumbers } from '../../../../core/engine/graph/optimise/permutation.ts';
import { constant, type Value } from '../../../../core/engine/graph/value.ts';
import { sizeOf } from '../../../../core/engine/tensor-data.ts';
import { trace } from '../../../../core/engine/tracer.ts';
import '../../../../core/engine/tfjs.ts';
import { trainableWeights } from '../../../../core/models/named-weights.ts';
import { meanSquaredError } from '../../../../core/training/losses.ts';
import { sgd } from '../../../../core/training/optimizers/sgd.ts';
import { trainingStep } from '../../../../core/training/training-step.ts';
import { expectAgreement, grow, normal, orders, run, shape, steps } from './random-graph.ts';

describe('laying out', () => {
  it('keeps the numbers of any graph', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.option(orders, { nil: undefined }), async (made, settled) => {
        const x: Value = { input: 'x', shape, dtype: 'float32' };
        const state: Value = { input: 'state', shape, dtype: 'float32' };
        const values = grow([x, state], made);
        const result = values[values.length - 1];
        const alike = values.filter((value) => String(value.shape) === String(shape));
        const after = binary('Add', alike[alike.length - 1], state);
        const [given, held] = [normal(shape, 'x'), normal(shape, 'state')];
        const before = await run({ result, after }, { x: [x, given], state: [state, held] });
        const laidOut = layOut([result], [{ before: state, after, settled }]);
        const [{ before: now, after: then, order }] = laidOut.states;
        if (settled) expect(order).toEqual(settled);
        const moved = await run(
          { result: laidOut.results[0], after: then },
          { x: [x, given], state: [now, transposeNumbers(held, shape, order) as Float32Array] },
        );
        expect(laidOut.results[0].shape).toEqual(result.shape);
        expectAgreement(moved.result, before.result);
        expectAgreement(
          transposeNumbers(moved.after, then.shape, inverse(order)) as Float32Array,
          before.after,
        );
      }),
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
