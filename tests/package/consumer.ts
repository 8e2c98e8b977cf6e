// A program of somebody who has installed the package: type-checked, compiled and run against the tarball by tarball.test.ts, and
// against the sources by the type check of this repository.
import * as tf from '@tensorflow/tfjs-core';
import { defineDomain, registry } from 'deepfield';
import { parseNpy, writeNpy } from 'deepfield/data-adapters';
import { type Feeds, openEngine } from 'deepfield/engine';

// y = 2 x - 1 by gradient descent.
const x = Float32Array.of(-1, -0.5, 0.5, 1);
const feeds: Feeds = { x, y: x.map((value) => 2 * value - 1) };
const [slope, offset] = [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(0))];
const sgd = tf.train.sgd(0.2);
const loss = (given: Record<string, tf.Tensor>): tf.Scalar =>
  tf.losses.meanSquaredError(given.y, tf.add(tf.mul(slope, given.x), offset));

const engine = await openEngine('cpu');
const step = (given: Record<string, tf.Tensor>) => ({ loss: sgd.minimize(() => loss(given), true)! });
const program = await engine.compile(step, { x: { shape: [4] }, y: { shape: [4] } });
for (let i = 0; i < 100; i++) await program.run(feeds);
await engine.pull();

const array = parseNpy(writeNpy({ shape: [4], data: x }), 'x.npy');
process.stdout.write(
  `${JSON.stringify({
    slope: slope.dataSync()[0],
    offset: offset.dataSync()[0],
    shape: array.shape,
    domains: registry.map(({ name }) => name),
    defineDomain: typeof defineDomain,
  })}\n`,
);
await program.dispose();
await engine.dispose();
