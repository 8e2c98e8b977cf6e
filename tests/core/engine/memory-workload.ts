// Work whose memory is watched, in a process of its own: memory.test.ts.
import * as tf from '@tensorflow/tfjs-core';
import { openEngine } from '../../../core/engine/devices.ts';
import { mlp } from '../../../core/models/mlp.ts';
import { trainableWeights } from '../../../core/models/named-weights.ts';
import { RandomStream } from '../../../core/random.ts';
import { meanSquaredError } from '../../../core/training/losses.ts';
import { sgd } from '../../../core/training/optimizers/sgd.ts';
import { trainingStep } from '../../../core/training/training-step.ts';

const rows = 50;
const width = 64;
const model = mlp({
  inputs: width,
  hidden: [width, width],
  hiddenActivation: 'tanh',
  outputs: 1,
  outputActivation: 'linear',
  random: new RandomStream(1),
});
const weights = trainableWeights(model);
const step = trainingStep(
  ({ x, y, weight }) => ({ loss: meanSquaredError(y, model.apply(x) as tf.Tensor, weight) }),
  weights,
  sgd({ learningRate: 0.01 }).bind(weights),
);
const specs = {
  x: { shape: [rows, width] },
  y: { shape: [rows, 1] },
  weight: { shape: [rows] },
  learningRate: { shape: [] },
};
const feeds = {
  x: new Float32Array(rows * width).fill(0.1),
  y: new Float32Array(rows),
  weight: new Float32Array(rows).fill(1),
  learningRate: 0.01,
};

async function compilations(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const engine = await openEngine('cpu', { threads: 1 });
    const program = await engine.compile(step, specs);
    await program.run(feeds);
    await engine.pull();
    await program.dispose();
    await engine.dispose();
  }
}

async function steps(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await program.run(feeds);
}

const engine = await openEngine('cpu', { threads: 1 });
const program = await engine.compile(step, specs);

const collect = async (): Promise<number> => {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().rss / 2 ** 20;
};

const [work, first, second] =
  process.argv[2] === 'steps' ? ([steps, 2000, 8000] as const) : ([compilations, 50, 150] as const);
await work(first);
const early = await collect();
const earlyTensors = tf.memory().numTensors;
await work(second);
const late = await collect();
console.log(JSON.stringify({ early, late, earlyTensors, lateTensors: tf.memory().numTensors }));
