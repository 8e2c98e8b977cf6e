// Compiled programs against the same step run eagerly on tfjs's CPU backend.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../core/engine/devices.ts';
import type { Step } from '../../../core/engine/program.ts';
import { drawUniform, randomNormal, randomUniform } from '../../../core/engine/random-op.ts';
import '../../../core/engine/tfjs.ts';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { dropout } from '../../../core/models/dropout.ts';
import { mlp } from '../../../core/models/mlp.ts';
import { namedWeights, trainableWeights } from '../../../core/models/named-weights.ts';
import { RandomStream } from '../../../core/random.ts';
import { binaryCrossEntropy } from '../../../core/training/losses.ts';
import type { Objective } from '../../../core/training/objective.ts';
import { adam } from '../../../core/training/optimizers/adam.ts';
import type { Optimizer } from '../../../core/training/optimizers/optimizer.ts';
import { sgd } from '../../../core/training/optimizers/sgd.ts';
import { trainingStep } from '../../../core/training/training-step.ts';

const rows = 16;

function perceptron(dropoutRate = 0) {
  const random = new RandomStream(7, 'network');
  return mlp({
    inputs: 5,
    hidden: [8, 6],
    hiddenActivation: 'tanh',
    outputs: 2,
    outputActivation: 'sigmoid',
    dropoutRate,
    random,
  });
}

function stepOf(model: ReturnType<typeof mlp>, optimizer: Optimizer): Step {
  const weights = trainableWeights(model);
  const objective: Objective = ({ x, y, weight }) => ({
    loss: binaryCrossEntropy(y, model.apply(x, { training: true }) as tf.Tensor, weight),
  });
  return trainingStep(objective, weights, optimizer.bind(weights));
}

const specs = {
  x: { shape: [rows, 5] },
  y: { shape: [rows, 2] },
  weight: { shape: [rows] },
};

function feedsOf(step: number) {
  const random = new RandomStream(1, 'data', step);
  const x = Float32Array.from({ length: rows * 5 }, () => random.normal());
  const y = Float32Array.from({ length: rows * 2 }, (_, i) =>
    x[Math.floor(i / 2) * 5 + (i % 2)] > 0 ? 1 : 0,
  );
  return { x, y, weight: new Float32Array(rows).fill(1) };
}

/** Losses of some steps and the weights after them. */
async function train(
  device: string,
  optimizer: Optimizer,
  { steps = 12, stepsPerCall = 1, dropoutRate = 0 } = {},
) {
  const model = perceptron(dropoutRate);
  const engine = await openEngine(device);
  const rates = Object.fromEntries(Object.keys(optimizer.rates).map((name) => [name, { shape: [] }]));
  const program = await engine.compile(stepOf(model, optimizer), { ...specs, ...rates }, { stepsPerCall });
  const losses: number[] = [];
  for (let s = 0; s < steps; s += stepsPerCall) {
    const feeds = Array.from({ length: stepsPerCall }, (_, k) => ({ ...feedsOf(s + k), ...optimizer.rates }));
    for (const { loss } of await program.run(...feeds)) losses.push(loss.data[0]);
  }
  await engine.pull();
  const weights = Object.values(namedWeights(model)).flatMap((v) => Array.from(v.dataSync()));
  await program.dispose();
  return { losses, weights };
}

/** float32 sums in another order, amplified by a dozen steps of training. */
const trained = 5e-5;

function expectAllClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const worst = Math.max(...actual.map((a, i) => Math.abs(a - expected[i])));
  expect(worst).toBeLessThan(tolerance);
}

describe('a compiled training step', () => {
  const optimizers: Record<string, () => Optimizer> = {
    'sgd without momentum': () => sgd({ learningRate: 0.1 }),
    'sgd with momentum': () => sgd({ learningRate: 0.1, momentum: 0.9 }),
    adam: () => adam({ learningRate: 0.01 }),
  };

  it.each(Object.entries(optimizers))('trains as tfjs does: %s', async (_name, optimizer) => {
    const reference = await train('reference', optimizer());
    const compiled = await train('cpu', optimizer());
    expect(reference.losses.at(-1)).toBeLessThan(reference.losses[0]);
    expectAllClose(compiled.losses, reference.losses, trained);
    expectAllClose(compiled.weights, reference.weights, trained);
  });

  it('draws the same dropout masks on every device, new ones at every step', async () => {
    const reference = await train('reference', sgd({ learningRate: 0.1 }), { dropoutRate: 0.5 });
    const compiled = await train('cpu', sgd({ learningRate: 0.1 }), { dropoutRate: 0.5 });
    const without = await train('cpu', sgd({ learningRate: 0.1 }));
    expectAllClose(compiled.losses, reference.losses, trained);
    expect(compiled.losses).not.toEqual(without.losses);
  });

  it('gives the same numbers when several steps run in one call', async () => {
    const single = await train('cpu', adam({ learningRate: 0.01 }), { dropoutRate: 0.2 });
    const grouped = await train('cpu', adam({ learningRate: 0.01 }), { dropoutRate: 0.2, stepsPerCall: 4 });
    expectAllClose(grouped.losses, single.losses, trained);
    expectAllClose(grouped.weights, single.weights, trained);
  });

  it('is bit-identical from run to run', async () => {
    const first = await train('cpu', adam({ learningRate: 0.01 }), { dropoutRate: 0.2 });
    const second = await train('cpu', adam({ learningRate: 0.01 }), { dropoutRate: 0.2 });
    expect(second).toEqual(first);
  });

  it("takes tfjs's own optimisers, whose slots are born inside the step", async () => {
    const run = async (device: string) => {
      const model = perceptron();
      const optimizer = tf.train.adam(0.01);
      const engine = await openEngine(device);
      const step: Step = ({ x, y, weight }) => {
        const loss = optimizer.minimize(
          () => binaryCrossEntropy(y, model.apply(x) as tf.Tensor, weight),
          true,
          Object.values(trainableWeights(model)),
        );
        return { loss: loss! };
      };
      const program = await engine.compile(step, specs);
      const losses: number[] = [];
      for (let s = 0; s < 8; s++) losses.push((await program.run(feedsOf(s)))[0].loss.data[0]);
      return losses;
    };
    expectAllClose(await run('cpu'), await run('reference'), trained);
  });
});

describe('state', () => {
  it('comes back on pull, goes over on push, and is shared by the programs of an engine', async () => {
    const engine = await openEngine('cpu');
    const counter = tf.variable(tf.scalar(0));
    const count = await engine.compile(() => {
      counter.assign(tf.add(counter, 1));
      return {};
    }, {});
    const look = await engine.compile(() => ({ value: tf.mul(counter, 10) }), {});
    await count.run({});
    await count.run({});
    expect((await look.run({}))[0].value.data[0]).toBe(20);
    expect(counter.dataSync()[0]).toBe(0);
    await engine.pull();
    expect(counter.dataSync()[0]).toBe(2);
    counter.assign(tf.scalar(40));
    await engine.push();
    await count.run({});
    expect((await look.run({}))[0].value.data[0]).toBe(410);
  });

  it('leaves the variables alone when a step throws while it is traced', async () => {
    const engine = await openEngine('cpu');
    const v = tf.variable(tf.tensor1d([1, 2]));
    const bad: Step = () => {
      v.assign(tf.mul(v, 2));
      throw new Error('in the step');
    };
    await expect(engine.compile(bad, {})).rejects.toThrow('in the step');
    expect(Array.from(v.dataSync())).toEqual([1, 2]);
    expect(tf.getBackend()).toBe('cpu');
  });
});

describe('the random op', () => {
  it('draws the documented bits on both devices', async () => {
    const seed = 99;
    const draw: Step = () => ({
      u: randomUniform([3, 4], seed),
      again: randomUniform([3, 4], seed),
      one: randomUniform([], seed),
    });
    const results = await Promise.all(
      ['cpu', 'reference'].map(async (device) => {
        const program = await (await openEngine(device)).compile(draw, {});
        program.step = 5;
        const [first] = await program.run({});
        const [second] = await program.run({});
        return { first, second };
      }),
    );
    const [compiled, reference] = results;
    expect(compiled).toEqual(reference);
    expect(compiled.first.u).not.toEqual(compiled.first.again);
    expect(compiled.first.u).not.toEqual(compiled.second.u);
  });

  it('is uniform: mean, variance, serial correlation and the largest bin of 2^16 numbers', () => {
    const n = 65_536;
    const u = drawUniform(n, 12_345, 3);
    const mean = u.reduce((a, b) => a + b) / n;
    const variance = u.reduce((a, b) => a + (b - mean) ** 2, 0) / n;
    let serial = 0;
    for (let i = 1; i < n; i++) serial += (u[i] - 0.5) * (u[i - 1] - 0.5);
    const bins = new Float64Array(256);
    for (const x of u) bins[Math.floor(x * 256)]++;
    const chiSquare = bins.reduce((a, c) => a + (c - 256) ** 2 / 256, 0);
    // Five standard errors each; chi-square of 255 degrees has mean 255 and deviation 22.6.
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / n));
    expect(Math.abs(serial / n)).toBeLessThan(5 / 12 / Math.sqrt(n));
    expect(Math.abs(chiSquare - 255)).toBeLessThan(5 * 22.6);
  });

  it('makes normal numbers', async () => {
    const program = await (await openEngine('cpu')).compile(() => ({ z: randomNormal([20_000], 4) }), {});
    const z = Array.from((await program.run({}))[0].z.data);
    const mean = z.reduce((a, b) => a + b) / z.length;
    const variance = z.reduce((a, b) => a + (b - mean) ** 2, 0) / z.length;
    // Five standard errors: 1 / sqrt(n) of the mean, sqrt(2 / n) of the variance.
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(20_000));
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / 20_000));
  });
});

describe('what cannot be compiled', () => {
  it.each([
    [
      'tfjs dropout',
      () => layers.dropout({ rate: 0.5, name: 'their_dropout', inputShape: [5] }),
      /layer their_dropout \(tfjs Dropout\).* dropout\(\) of deepfield\/engine$/,
    ],
    [
      'tfjs Gaussian noise',
      () => layers.gaussianNoise({ stddev: 1, name: 'their_noise', inputShape: [5] }),
      /layer their_noise \(tfjs GaussianNoise\).* gaussianNoise\(\) of deepfield\/engine$/,
    ],
  ])('%s is refused by name', async (_name, layer, message) => {
    const model = sequential({ layers: [layer()] });
    const engine = await openEngine('cpu');
    const step: Step = ({ x }) => ({ y: model.apply(x, { training: true }) as tf.Tensor });
    await expect(engine.compile(step, { x: { shape: [2, 5] } })).rejects.toThrow(message);
  });

  it('a stateful recurrent layer is refused by name', async () => {
    const model = sequential({
      layers: [layers.gru({ units: 2, stateful: true, name: 'memory', batchInputShape: [2, 3, 1] })],
    });
    const engine = await openEngine('cpu');
    const step: Step = ({ x }) => ({ y: model.apply(x) as tf.Tensor });
    await expect(engine.compile(step, { x: { shape: [2, 3, 1] } })).rejects.toThrow(
      /layer memory \(tfjs GRU\) is stateful.*returnState/,
    );
  });

  it('random tensors of tfjs are refused', async () => {
    const engine = await openEngine('cpu');
    await expect(engine.compile(() => ({ y: tf.randomUniform([3]) }), {})).rejects.toThrow(
      /draws random numbers in JavaScript/,
    );
  });

  it('reading a tensor inside the step is refused', async () => {
    const engine = await openEngine('cpu');
    const step: Step = ({ x }) => ({ y: tf.scalar(x.dataSync()[0]) });
    await expect(engine.compile(step, { x: { shape: [1] } })).rejects.toThrow(/return it from the step/);
  });

  it('an unmapped kernel is named with the layer that asked for it', async () => {
    class Lottery extends layers.Layer {
      static readonly className = 'Lottery';
      override call(x: tf.Tensor | tf.Tensor[]): tf.Tensor {
        return tf.multinomial((Array.isArray(x) ? x[0] : x) as tf.Tensor2D, 1, 42);
      }
    }
    const model = sequential({ layers: [new Lottery({ name: 'best', inputShape: [5] } as never)] });
    const engine = await openEngine('cpu');
    const step: Step = ({ x }) => ({ y: model.apply(x) as tf.Tensor });
    await expect(engine.compile(step, { x: { shape: [2, 5] } })).rejects.toThrow(
      /kernel Multinomial \(asked for by .*best/,
    );
  });

  it('what ONNX Runtime objects to while it runs is named with the layer', async () => {
    const network = sequential({
      layers: [layers.embedding({ name: 'codes', inputDim: 4, outputDim: 2, inputLength: 3 })],
    });
    const engine = await openEngine('cpu');
    const program = await engine.compile(
      ({ x }) => ({ y: network.apply(x) as tf.Tensor }),
      { x: { shape: [1, 3], dtype: 'int32' } },
      { name: 'lookup' },
    );
    // 4 is beyond the four rows of the embedding.
    await expect(program.run({ x: Int32Array.of(0, 3, 4) })).rejects.toThrow(
      /^lookup: ONNX Runtime stopped: .*codes > GatherV2/,
    );
    // The program goes on.
    const [{ y }] = await program.run({ x: Int32Array.of(0, 3, 1) });
    expect(y.shape).toEqual([1, 3, 2]);
  });

  it('our own dropout refuses a rate of 1', () => {
    expect(() => dropout({ rate: 1, seed: 1 })).toThrow(/expected a rate in \[0, 1\), got 1/);
  });
});

describe('feeds', () => {
  it('may be smaller than what the step sees', async () => {
    for (const device of ['cpu', 'reference']) {
      const engine = await openEngine(device);
      const program = await engine.compile(({ x, z }) => ({ y: tf.add(tf.mul(x, 0.5), z) }), {
        x: { shape: [3], storage: 'int8' },
        z: { shape: [3], storage: 'uint8' },
      });
      const [{ y }] = await program.run({ x: Int8Array.of(-3, 0, 127), z: Uint8Array.of(200, 1, 0) });
      expect(Array.from(y.data)).toEqual([198.5, 1, 63.5]);
      await expect(program.run({ x: new Float32Array(3), z: new Uint8Array(3) })).rejects.toThrow(
        'expected a Int8Array for input x, got Float32Array',
      );
    }
  });

  it.each([
    [{}, /input x is missing/],
    [{ x: new Float32Array(3) }, /expected 4 numbers for input x of shape \[2,2\], got 3/],
    [{ x: new Int32Array(4) }, /expected a Float32Array for input x, got Int32Array/],
    [{ x: new Float32Array(4), z: 1 }, /no input z; there are x/],
  ])('%o is refused', async (feed, message) => {
    for (const device of ['cpu', 'reference']) {
      const program = await (await openEngine(device)).compile(({ x }) => ({ y: tf.neg(x) }), {
        x: { shape: [2, 2] },
      });
      await expect(program.run(feed as never)).rejects.toThrow(message);
    }
  });

  it('an unknown device is refused with the near names', async () => {
    await expect(openEngine('cpuu')).rejects.toThrow('--device: there is no device cpuu; did you mean cpu?');
  });
});
