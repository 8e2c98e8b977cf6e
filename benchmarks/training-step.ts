// Time of one training step of the network 28 -> 5 x 300 tanh -> 1 (SGD with momentum) at batch 100 and 1000, beside
// PyTorch on the CPU in the same run: rounds alternate, so that both meet the same noise of the machine.
//
//   npm run benchmark                      (DEEPFIELD_PYTHON names a Python with torch; THREADS=2 by default)
import * as tf from '@tensorflow/tfjs-core';
import { openEngine } from '../core/engine/devices.ts';
import type { Feeds, Program } from '../core/engine/program.ts';
import { mlp } from '../core/models/mlp.ts';
import { trainableWeights } from '../core/models/named-weights.ts';
import { RandomStream } from '../core/random.ts';
import { binaryCrossEntropy } from '../core/training/losses.ts';
import { sgd } from '../core/training/optimizers/sgd.ts';
import { Peer } from './peer.ts';

const threads = Number(process.env.THREADS ?? 2);
const rounds = Number(process.env.ROUNDS ?? 9);

async function ours(
  batch: number,
  stepsPerCall: number,
  spinning: boolean,
): Promise<(steps: number) => Promise<number>> {
  const random = new RandomStream(1, 'benchmark');
  const model = mlp({
    inputs: 28,
    hidden: [300, 300, 300, 300, 300],
    hiddenActivation: 'tanh',
    outputs: 1,
    outputActivation: 'sigmoid',
    random,
  });
  const weights = trainableWeights(model);
  const optimizer = sgd({ learningRate: 0.01, momentum: 0.9 });
  const bound = optimizer.bind(weights);
  const engine = await openEngine('cpu', { threads, spinning });
  const started = performance.now();
  const program: Program = await engine.compile(
    ({ x, y, weight, learningRate, momentum }) => {
      const { value, grads } = tf.variableGrads(
        () => binaryCrossEntropy(y, model.apply(x, { training: true }) as tf.Tensor, weight),
        Object.values(weights),
      );
      const named = Object.fromEntries(Object.entries(weights).map(([name, v]) => [name, grads[v.name]]));
      bound.apply(named, { learningRate: learningRate as tf.Scalar, momentum: momentum as tf.Scalar });
      return { loss: value };
    },
    {
      x: { shape: [batch, 28] },
      y: { shape: [batch, 1] },
      weight: { shape: [batch] },
      learningRate: { shape: [] },
      momentum: { shape: [] },
    },
    { stepsPerCall },
  );
  const setUp = performance.now() - started;
  console.log(
    `  trace and session, batch ${batch}, ${stepsPerCall} steps a call${spinning ? ', spinning' : ''}: ${setUp.toFixed(0)} ms`,
  );
  const feed: Feeds = {
    x: Float32Array.from({ length: batch * 28 }, () => random.normal()),
    y: Float32Array.from({ length: batch }, () => random.integer(2)),
    weight: new Float32Array(batch).fill(1),
    learningRate: 0.01,
    momentum: 0.9,
  };
  const feeds = Array.from({ length: stepsPerCall }, () => feed);
  const run = async (steps: number): Promise<number> => {
    const calls = Math.ceil(steps / stepsPerCall);
    const start = performance.now();
    for (let i = 0; i < calls; i++) await program.run(...feeds);
    return (performance.now() - start) / (calls * stepsPerCall);
  };
  await run(20);
  return run;
}

const summary = (times: number[]): string => {
  const sorted = [...times].sort((a, b) => a - b);
  const [low, median, high] = [sorted[0], sorted[sorted.length >> 1], sorted[sorted.length - 1]];
  return `${median.toFixed(2)} ms (${low.toFixed(2)} to ${high.toFixed(2)})`;
};
const medianOf = (times: number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1];

console.log(`training step, 28-300x5-1, ${threads} threads, ${rounds} rounds in alternation, median (range)`);
const peer = await Peer.start('training_step.py', String(threads));
console.log(
  peer ? `  peer: PyTorch ${peer.version}` : '  peer: PyTorch is not installed here, so there is no ratio',
);
for (const [batch, steps] of [
  [100, 160],
  [1000, 32],
] as const) {
  const contenders = {
    'one step a call': await ours(batch, 1, false),
    '16 steps a call': await ours(batch, 16, false),
    'one, spinning': await ours(batch, 1, true),
    '16, spinning': await ours(batch, 16, true),
  };
  const times: Record<string, number[]> = { PyTorch: [] };
  for (const name of Object.keys(contenders)) times[name] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contenders)) times[name].push(await run(steps));
    if (peer) times.PyTorch.push(Number(await peer.ask(`${batch} ${steps}`)));
  }
  for (const [name, measured] of Object.entries(times)) {
    if (measured.length === 0) continue;
    const ratio =
      name === 'PyTorch' || !peer
        ? ''
        : `  ${(medianOf(times.PyTorch) / medianOf(measured)).toFixed(2)}x PyTorch's speed`;
    console.log(`  batch ${String(batch).padEnd(5)} ${name.padEnd(16)} ${summary(measured)}${ratio}`);
  }
}
peer?.stop();
