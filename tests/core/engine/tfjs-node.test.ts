// Steps run eagerly on TensorFlow's kernels, where somebody has installed tfjs-node; skipped elsewhere.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { tfjsNode } from '../../../core/engine/devices/tfjs-node.ts';
import { openEngine } from '../../../core/engine/devices.ts';
import type { Step } from '../../../core/engine/program.ts';
import { randomUniform } from '../../../core/engine/random-op.ts';
import '../../../core/engine/tfjs.ts';
import { mlp } from '../../../core/models/mlp.ts';
import { namedWeights } from '../../../core/models/named-weights.ts';
import { RandomStream } from '../../../core/random.ts';
import { rowSource } from '../../../core/training/batch-source.ts';
import { fit } from '../../../core/training/fit.ts';
import { binaryCrossEntropy } from '../../../core/training/losses.ts';
import { adam } from '../../../core/training/optimizers/adam.ts';

const { reason } = await tfjsNode.check();
const suite = reason === undefined ? 'tfjs-node' : `tfjs-node (skipped: ${reason})`;

const rows = 40;
const random = new RandomStream(3, 'rows');
const inputs = Float32Array.from({ length: rows * 4 }, () => random.normal());

/** Losses and weights of a perceptron with dropout. */
async function train(device: string) {
  const model = mlp({
    inputs: 4,
    hidden: [8, 6],
    hiddenActivation: 'tanh',
    outputs: 1,
    outputActivation: 'sigmoid',
    dropoutRate: 0.25,
    random: new RandomStream(1, 'network'),
  });
  const losses: number[] = [];
  await fit({
    engine: await openEngine(device),
    model,
    optimizer: adam({ learningRate: 0.01 }),
    inputs: { x: { shape: [4] }, y: { shape: [1] } },
    objective: ({ x, y, weight }, training) => ({
      loss: binaryCrossEntropy(y, model.apply(x, { training }) as tf.Tensor, weight),
    }),
    train: rowSource({
      rows: Array.from({ length: rows }, (_, i) => i),
      gather: (taken) => ({
        x: Float32Array.from({ length: taken.length * 4 }, (_, i) => inputs[taken[i >> 2] * 4 + (i & 3)]),
        y: Float32Array.from(taken, (row) => (inputs[row * 4] > inputs[row * 4 + 1] ? 1 : 0)),
      }),
      shuffle: new RandomStream(9, 'order'),
    }),
    batchSize: 16,
    epochs: 5,
    onHistory: ({ loss }) => losses.push(loss),
  });
  const weights = Object.values(namedWeights(model)).flatMap((v) => Array.from(v.dataSync()));
  return { losses, weights };
}

const farthest = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i])));

describe.skipIf(reason !== undefined)(suite, () => {
  it('trains as the compiled step does', async () => {
    const cpu = await train('cpu');
    const eager = await train('tfjs-node');
    // float32 sums in another order, over 15 steps; as in program.test.ts.
    expect(farthest(eager.losses, cpu.losses)).toBeLessThan(5e-5);
    expect(farthest(eager.weights, cpu.weights)).toBeLessThan(5e-5);
    expect(tf.getBackend()).toBe('cpu');
  });

  it('gives the same bits again', async () => {
    expect(await train('tfjs-node')).toEqual(await train('tfjs-node'));
  });

  it("draws the engine's random bits", async () => {
    const draw: Step = () => ({ u: randomUniform([3, 4], 99), one: randomUniform([], 99) });
    const drawn = await Promise.all(
      ['cpu', 'tfjs-node'].map(async (device) => {
        const program = await (await openEngine(device)).compile(draw, {});
        program.step = 5;
        return program.run({});
      }),
    );
    expect(drawn[1]).toEqual(drawn[0]);
  });
});
