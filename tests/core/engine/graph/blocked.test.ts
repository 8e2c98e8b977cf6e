// Convolutions over channels in blocks: whole training steps of small networks of every shape of convolution, against tfjs's
// own CPU backend. The plain lowerings are held to it kernel by kernel in kernels.test.ts.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../../core/engine/devices.ts';
import { blockSize } from '../../../../core/engine/graph/blocked/block-size.ts';
import type { Engine } from '../../../../core/engine/program.ts';
import { RandomStream } from '../../../../core/random.ts';
import { sgd } from '../../../../core/training/optimizers/sgd.ts';
import { trainingStep } from '../../../../core/training/training-step.ts';

interface Shape {
  readonly rows: number;
  readonly channels: readonly [number, number, number];
  readonly height: number;
  readonly width: number;
  readonly kernel: number;
  readonly strides: number;
  readonly pad: 'same' | 'valid';
  readonly transposed: boolean;
}

const numbers = (random: RandomStream, shape: readonly number[], scale = 1): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * random.normal()),
    [...shape],
  );

/** Two convolutions with all that stands between them in networks; the second may go back up. */
function network({ channels: [a, b, c], kernel, strides, pad, transposed, rows }: Shape) {
  const random = new RandomStream(4, 'blocked');
  const scale = 1 / Math.sqrt(kernel * kernel * Math.max(a, b));
  const weights = {
    first: tf.variable(numbers(random, [kernel, kernel, a, b], scale)),
    second: tf.variable(numbers(random, [kernel, kernel, ...(transposed ? [c, b] : [b, c])], scale)),
    bias: tf.variable(numbers(random, [b])),
    factor: tf.variable(numbers(random, [b])),
  };
  const forward = (image: tf.Tensor): tf.Tensor => {
    const x = image as tf.Tensor4D;
    const inner = tf.relu(
      tf.add(tf.mul(tf.conv2d(x, weights.first as never, strides, pad), weights.factor), weights.bias),
    ) as tf.Tensor4D;
    const centred = tf.sub(inner, tf.mean(inner, [1, 2], true)) as tf.Tensor4D;
    const sides = [x.shape[1], x.shape[2]];
    return transposed
      ? tf.conv2dTranspose(centred, weights.second as never, [rows, sides[0], sides[1], c], strides, pad)
      : tf.conv2d(centred, weights.second as never, 1, 'same');
  };
  return { weights, forward };
}

async function train(engine: Engine, shape: Shape) {
  const { weights, forward } = network(shape);
  const bound = sgd({ learningRate: 0.05, momentum: 0.9 }).bind(weights);
  const { rows, height, width, channels } = shape;
  const input = { image: { shape: [rows, height, width, channels[0]] } };
  const loss = ({ image }: Record<string, tf.Tensor>) => ({
    loss: tf.mean(tf.square(tf.sub(forward(image), 0.3))) as tf.Scalar,
  });
  const program = await engine.compile(trainingStep(loss, weights, bound), {
    ...input,
    learningRate: { shape: [] },
    momentum: { shape: [] },
  });
  const answering = await engine.compile(({ image }) => ({ y: forward(image) }), input);
  const random = new RandomStream(5, 'image');
  const image = Float32Array.from({ length: rows * height * width * channels[0] }, () => random.normal());
  const losses: number[] = [];
  for (let i = 0; i < 3; i++)
    losses.push((await program.run({ image, learningRate: 0.05, momentum: 0.9 }))[0].loss.data[0]);
  const [{ y }] = await answering.run({ image });
  await engine.pull();
  const first = Array.from(weights.first.dataSync());
  await engine.push();
  const [again] = await answering.run({ image });
  expect(Array.from(again.y.data)).toEqual(Array.from(y.data));
  await program.dispose();
  await answering.dispose();
  await engine.dispose();
  for (const v of [...Object.values(weights), ...Object.values(bound.slots)]) v.dispose();
  return { losses, first, y: Array.from(y.data as Float32Array) };
}

const difference = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((v, i) => Math.abs(v - b[i])));

const pick = <T>(...items: T[]) => fc.constantFrom(...items);

describe('convolutions over channels in blocks', () => {
  it('are there on this processor, or nowhere', () => {
    expect([0, 4, 8, 16]).toContain(blockSize());
  });

  it('train as tfjs does, whatever the shapes', async () => {
    const shapes = fc.record({
      rows: pick(1, 2, 3, 16, 20),
      channels: fc.tuple(pick(1, 3, 16, 20, 32), pick(4, 16, 24, 32), pick(1, 3, 16, 32)),
      height: fc.integer({ min: 4, max: 7 }),
      width: fc.integer({ min: 4, max: 7 }),
      kernel: fc.integer({ min: 1, max: 4 }),
      strides: pick(1, 2, 3),
      pad: pick('same', 'valid'),
      transposed: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(shapes as fc.Arbitrary<Shape>, async (drawn) => {
        // The way back up must end at the size it began with: tfjs checks the one against the other.
        const shape = drawn.transposed ? { ...drawn, pad: 'same' as const } : drawn;
        const cpu = await train(await openEngine('cpu', { threads: 1 }), shape);
        const reference = await train(await openEngine('reference'), shape);
        // Sums of up to a few thousand float32 products of order 1 in another order.
        expect(difference(cpu.losses, reference.losses)).toBeLessThan(1e-4);
        expect(difference(cpu.first, reference.first)).toBeLessThan(2e-5);
        expect(difference(cpu.y, reference.y)).toBeLessThan(2e-4);
      }),
      { numRuns: 8, seed: 11 },
    );
  });
});
