// Networks trained on ONNX Runtime's WebGPU provider and on the processor. Without a graphics card, SwiftShader will do:
// apt-get install chromium libvulkan1, and VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json.
import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { webgpu } from '../../../core/engine/devices/webgpu.ts';
import { listDevices, openEngine } from '../../../core/engine/devices.ts';
import type { Step } from '../../../core/engine/program.ts';
import '../../../core/engine/tfjs.ts';
import { gru } from '../../../core/models/gru.ts';
import { mlp } from '../../../core/models/mlp.ts';
import { namedWeights, trainableWeights } from '../../../core/models/named-weights.ts';
import { RandomStream } from '../../../core/random.ts';
import { binaryCrossEntropy } from '../../../core/training/losses.ts';
import { adam } from '../../../core/training/optimizers/adam.ts';

const { reason, how } = (await webgpu.check()) as { reason?: string; how?: string };
if (reason !== undefined) process.stdout.write(`WebGPU tests skipped: ${reason}; ${how}\n`);
const suite = reason === undefined ? 'on WebGPU' : `on WebGPU (skipped: ${reason})`;

const rows = 16;
const seeded = (seed: number) => ({ kernelInitializer: initializers.glorotUniform({ seed }) });

/** A network with the shape of one row of its input; it answers with one probability. */
interface Network {
  readonly shape: readonly number[];
  build(): LayersModel;
}

const networks: Record<string, Network> = {
  'a perceptron with dropout': {
    shape: [5],
    build: () =>
      mlp({
        inputs: 5,
        hidden: [16, 12],
        hiddenActivation: 'tanh',
        outputs: 1,
        outputActivation: 'sigmoid',
        dropoutRate: 0.3,
        random: new RandomStream(7, 'network'),
      }),
  },
  'a convolutional network with max pooling': {
    shape: [9, 9, 2],
    build: () =>
      sequential({
        name: 'cnn',
        layers: [
          layers.conv2d({
            name: 'conv1',
            filters: 6,
            kernelSize: 3,
            padding: 'same',
            activation: 'relu',
            inputShape: [9, 9, 2],
            ...seeded(1),
          }),
          layers.maxPooling2d({ name: 'overlapping', poolSize: 3, strides: 2, padding: 'same' }),
          // Normalisation undoes a bias: its gradient would be rounding errors, which Adam makes as large as the others.
          layers.conv2d({ name: 'conv2', filters: 8, kernelSize: 2, useBias: false, ...seeded(2) }),
          layers.batchNormalization({ name: 'norm' }),
          layers.activation({ name: 'relu', activation: 'relu' }),
          layers.maxPooling2d({ name: 'apart', poolSize: 2 }),
          layers.flatten({ name: 'flat' }),
          layers.dense({ name: 'output', units: 1, activation: 'sigmoid', ...seeded(3) }),
        ],
      }),
  },
  // More steps than a shader can split or join at once.
  'a recurrent network of 10 steps': {
    shape: [10, 3],
    build: () =>
      sequential({
        name: 'rnn',
        layers: [
          layers.inputLayer({ inputShape: [10, 3] }),
          gru({
            name: 'gru',
            units: 8,
            recurrentInitializer: initializers.glorotNormal({ seed: 5 }),
            ...seeded(4),
          }),
          layers.dense({ name: 'output', units: 1, activation: 'sigmoid', ...seeded(6) }),
        ],
      }),
  },
};

/** Losses of some steps of Adam, and all weights after them. */
async function train(device: string, { shape, build }: Network, steps = 10) {
  const model = build();
  const optimizer = adam({ learningRate: 0.01 });
  const weights = trainableWeights(model);
  const bound = optimizer.bind(weights);
  const step: Step = ({ x, y, weight, ...rates }) => {
    const { value, grads } = tf.variableGrads(
      () => binaryCrossEntropy(y, model.apply(x, { training: true }) as tf.Tensor, weight),
      Object.values(weights),
    );
    const named = Object.fromEntries(Object.entries(weights).map(([name, v]) => [name, grads[v.name]]));
    bound.apply(named, rates as Record<string, tf.Scalar>);
    return { loss: value };
  };
  const engine = await openEngine(device);
  const specs = { x: { shape: [rows, ...shape] }, y: { shape: [rows, 1] }, weight: { shape: [rows] } };
  const program = await engine.compile(step, { ...specs, learningRate: { shape: [] } }, { name: 'training' });
  const width = shape.reduce((a, b) => a * b);
  const losses: number[] = [];
  for (let s = 0; s < steps; s++) {
    const random = new RandomStream(1, 'data', s);
    const x = Float32Array.from({ length: rows * width }, () => random.normal());
    const y = Float32Array.from({ length: rows }, (_, i) => (x[i * width] + x[i * width + 1] > 0 ? 1 : 0));
    const feeds = { x, y, weight: new Float32Array(rows).fill(1), ...optimizer.rates };
    losses.push((await program.run(feeds))[0].loss.data[0]);
  }
  await engine.pull();
  const trained = Object.values(namedWeights(model)).flatMap((v) => Array.from(v.dataSync()));
  await program.dispose();
  await engine.dispose();
  return { losses, weights: trained };
}

const farthest = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i])));

/**
 * What a user may notice of another processor: shaders add in another order and have their own exp and tanh, which differ
 * in the last bits of float32, and ten steps of Adam carry that on. Seen on
 * SwiftShader: at most 3e-7.
 */
const TOLERANCE = 1e-3;

describe.skipIf(reason !== undefined)(suite, () => {
  it.each(Object.entries(networks))(
    '%s trains as on the processor, with the same bits each time',
    async (_name, network) => {
      const cpu = await train('cpu', network);
      const gpu = await train('webgpu', network);
      expect(farthest(gpu.losses, cpu.losses)).toBeLessThan(TOLERANCE);
      expect(farthest(gpu.weights, cpu.weights)).toBeLessThan(TOLERANCE);
      expect(await train('webgpu', network)).toEqual(gpu);
    },
  );

  it('state of any type stays on the card, comes down on pull and goes up on push', async () => {
    const engine = await openEngine('webgpu');
    const [a, b] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(2))];
    const count = tf.variable(tf.tensor1d([1, 2, 3], 'int32'));
    const flags = tf.variable(tf.tensor1d([true, false], 'bool'));
    const nothing = tf.variable(tf.zeros([3, 0]));
    const swap: Step = () => {
      const before = tf.clone(a);
      a.assign(tf.clone(b) as tf.Scalar);
      b.assign(before as tf.Scalar);
      count.assign(tf.add(count, tf.scalar(1, 'int32')));
      flags.assign(tf.logicalNot(flags));
      nothing.assign(tf.neg(nothing));
      return { a: tf.mul(a, 10) };
    };
    const program = await engine.compile(swap, {});
    const run = async () => Array.from((await program.run({}))[0].a.data);
    const numbers = () => [a, b, count, flags].map((v) => Array.from(v.dataSync()));
    expect([await run(), await run(), await run()]).toEqual([[20], [10], [20]]);
    expect(numbers()).toEqual([[1], [2], [1, 2, 3], [1, 0]]);
    await engine.pull();
    expect(numbers()).toEqual([[2], [1], [4, 5, 6], [0, 1]]);
    a.assign(tf.scalar(7));
    await engine.push();
    expect(await run()).toEqual([10]);
    await engine.pull();
    expect(numbers()).toEqual([[1], [7], [5, 6, 7], [1, 0]]);
    await program.dispose();
    await engine.dispose();
  });

  it('programs share their variables, which outlive them; a disposed variable is let go', async () => {
    const engine = await openEngine('webgpu');
    const [counter, other] = [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(0))];
    const add = (v: tf.Variable): Step => {
      return () => {
        v.assign(tf.add(v, 1));
        return {};
      };
    };
    const count = await engine.compile(add(counter), {}, { stepsPerCall: 2 });
    const countOther = await engine.compile(add(other), {});
    const look = await engine.compile(() => ({ value: tf.mul(counter, 10) }), {});
    await countOther.run({});
    await count.run({}, {});
    await count.run({}, {});
    expect((await look.run({}))[0].value.data[0]).toBe(40);
    other.dispose();
    for (const program of [count, countOther, look]) await program.dispose();
    await engine.pull();
    expect(counter.dataSync()[0]).toBe(4);
    await engine.dispose();
  });

  it('is in the list of devices', async () => {
    const found = (await listDevices()).find(({ name }) => name === 'webgpu');
    expect(found?.usable).toBe(true);
  });
});
