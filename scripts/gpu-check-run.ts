// The child process of gpu-check.ts: trains one network on one device, and prints losses, speed and memory as JSON.
import { spawnSync } from 'node:child_process';
import { reshape, type Scalar, type Tensor, variableGrads } from '@tensorflow/tfjs-core';
import { openEngine } from '../core/engine/devices.ts';
import type { Feeds, Step } from '../core/engine/program.ts';
import { sizeOf } from '../core/engine/tensor-data.ts';
import { trainableWeights } from '../core/models/named-weights.ts';
import { RandomStream } from '../core/random.ts';
import { binaryCrossEntropy } from '../core/training/losses.ts';
import { adam } from '../core/training/optimizers/adam.ts';
import { networks } from './gpu-check-networks.ts';

/** What one network did on one device. */
export interface Run {
  readonly losses: readonly number[];
  readonly setUpSeconds: number;
  readonly stepsPerSecond: number;
  readonly hostMegabytes: number;
  /** Of this process on an NVIDIA card, where nvidia-smi tells it. */
  readonly cardMegabytes?: number;
}

const [device, which, steps, small] = process.argv.slice(2);
const { batch, input, output, build } = networks(small === 'small')[Number(which)];

/** One step of Adam on the mean cross entropy. */
function trainingStep(): Step {
  const model = build();
  const weights = trainableWeights(model);
  const bound = adam().bind(weights);
  return ({ x, y, weight, ...rates }) => {
    const { value, grads } = variableGrads(() => {
      const answer = model.apply(x, { training: true }) as Tensor;
      return binaryCrossEntropy(y, reshape(answer, y.shape), weight);
    }, Object.values(weights));
    const named = Object.fromEntries(Object.entries(weights).map(([name, v]) => [name, grads[v.name]]));
    bound.apply(named, rates as Record<string, Scalar>);
    return { loss: value };
  };
}

function feedsOf(step: number): Feeds {
  const random = new RandomStream(1, 'data', step % 8);
  const [from, to] = [sizeOf(input), sizeOf(output)];
  const x = Float32Array.from({ length: batch * from }, () => random.normal());
  // A pixel's label is its sign; a row's is that of its first two numbers together.
  const y = Float32Array.from({ length: batch * to }, (_, i) =>
    (to === 1 ? x[i * from] + x[i * from + 1] : x[i]) > 0 ? 1 : 0,
  );
  return { x, y, weight: new Float32Array(batch).fill(1), ...adam().rates };
}

function cardMegabytes(): number | undefined {
  const query = ['--query-compute-apps=pid,used_memory', '--format=csv,noheader,nounits'];
  const { stdout } = spawnSync('nvidia-smi', query, { encoding: 'utf8' });
  const own = stdout?.split('\n').find((line) => line.startsWith(`${process.pid},`));
  return own === undefined ? undefined : Number(own.split(',')[1]);
}

const feeds = Array.from({ length: 8 }, (_, step) => feedsOf(step));
const started = performance.now();
const engine = await openEngine(device);
const program = await engine.compile(trainingStep(), {
  x: { shape: [batch, ...input] },
  y: { shape: [batch, sizeOf(output)] },
  weight: { shape: [batch] },
  learningRate: { shape: [] },
});
const losses: number[] = [];
const train = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++)
    losses.push((await program.run(feeds[losses.length % feeds.length]))[0].loss.data[0]);
};
// The first steps compile shaders and choose algorithms.
await train(3);
const setUpSeconds = (performance.now() - started) / 1000;
const begun = performance.now();
await train(Number(steps));
const stepsPerSecond = Number(steps) / ((performance.now() - begun) / 1000);
const run: Run = {
  losses,
  setUpSeconds,
  stepsPerSecond,
  hostMegabytes: process.resourceUsage().maxRSS / 1024,
  cardMegabytes: cardMegabytes(),
};
process.stdout.write(`${JSON.stringify(run)}\n`);
