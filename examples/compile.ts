// A training step of one's own tfjs code, compiled: the engine runs it once on a recorder and hands forward pass, gradients and
// update to ONNX Runtime as one graph. Fits a plane to noisy points.
//   npx tsx examples/compile.ts [steps]
import * as tf from '@tensorflow/tfjs-core';
import { openEngine, RandomStream } from 'deepfield/engine';

const [steps = 300] = process.argv.slice(2).map(Number);

// What a tfjs user has: variables, an optimiser and a loss.
const slopes = tf.variable(tf.zeros([3, 1]));
const optimizer = tf.train.adam(0.05);
const loss = ({ x, y }: Record<string, tf.Tensor>): tf.Scalar =>
  tf.losses.meanSquaredError(y, tf.matMul(x, slopes));

// What it takes to compile it.
const engine = await openEngine('cpu');
const program = await engine.compile((batch) => ({ loss: optimizer.minimize(() => loss(batch), true)! }), {
  x: { shape: [32, 3] },
  y: { shape: [32, 1] },
});

const random = new RandomStream(1);
const truth = [0.5, -1, 2];
for (let step = 1; step <= steps; step++) {
  const x = Float32Array.from({ length: 32 * 3 }, () => random.normal());
  const y = Float32Array.from(
    { length: 32 },
    (_, row) => truth.reduce((sum, slope, i) => sum + slope * x[3 * row + i], 0) + 0.1 * random.normal(),
  );
  const [answer] = await program.run({ x, y });
  if (step % 100 === 0 || step === steps) {
    console.log(`step ${step}: mean square error ${answer.loss.data[0].toFixed(4)}`);
  }
}

// The variables live on the device until they are asked for.
await engine.pull();
console.log(
  `slopes ${Array.from(slopes.dataSync(), (slope) => slope.toFixed(2)).join(', ')}, drawn from ${truth}`,
);
await program.dispose();
await engine.dispose();
