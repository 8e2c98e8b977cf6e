// A network trained, written as an ONNX file with its preprocessing inside, and asked from the file alone, as programs with ONNX
// Runtime can. It tells whether a point lies in a ring.
//   npx tsx examples/export-onnx.ts [ring.onnx] [steps]
import { readFile, writeFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import {
  adam,
  binaryCrossEntropy,
  exportModel,
  fit,
  InferenceModel,
  mlp,
  openEngine,
  RandomStream,
  rowSource,
} from 'deepfield/engine';

const [path = 'ring.onnx', steps = '1500'] = process.argv.slice(2);

// Points of a square of 200 x 200 mm; the ring goes from 40 to 80 mm about its middle.
const random = new RandomStream(1);
const points = Float32Array.from({ length: 2 * 4000 }, () => 200 * random.uniform());
const inRing = (x: number, y: number): boolean => Math.abs(Math.hypot(x - 100, y - 100) - 60) < 20;
const gather = (rows: Uint32Array) => ({
  point: Float32Array.from([...rows].flatMap((row) => [points[2 * row], points[2 * row + 1]])),
  label: Float32Array.from(rows, (row) => (inRing(points[2 * row], points[2 * row + 1]) ? 1 : 0)),
});

const network = mlp({
  inputs: 2,
  hidden: [32, 32],
  hiddenActivation: 'tanh',
  outputs: 1,
  outputActivation: 'sigmoid',
  random,
});
/** From millimetres to a probability: scaling is a part of the model, and nobody has to know it later. */
const probability = (point: tf.Tensor): tf.Tensor =>
  network.apply(tf.mul(tf.sub(point, 100), 1 / 58)) as tf.Tensor;

const engine = await openEngine('cpu');
await fit({
  engine,
  model: network,
  objective: ({ point, label, weight }) => ({
    loss: binaryCrossEntropy(label, probability(point), weight),
  }),
  optimizer: adam({ learningRate: 0.01 }),
  inputs: { point: { shape: [2] }, label: { shape: [1] } },
  train: rowSource({ rows: Uint32Array.from({ length: 4000 }, (_, row) => row), gather, shuffle: random }),
  batchSize: 100,
  steps: Number(steps),
});
await engine.dispose();

const bytes = exportModel(
  ({ point }) => ({ probability: probability(point) }),
  { point: { shape: [2] } },
  {
    name: 'ring',
    metadata: { unit: 'mm' },
  },
);
await writeFile(path, bytes);

// From here on there is nothing but the file.
const model = await InferenceModel.open(await readFile(path), path);
const asked = [
  [100, 100],
  [160, 100],
  [100, 40],
  [190, 190],
];
const answer = await model.run({
  point: { dtype: 'float32', shape: [asked.length, 2], data: Float32Array.from(asked.flat()) },
});
console.log(`${path}: ${bytes.length} bytes, points in ${model.metadata.unit}`);
asked.forEach(([x, y], i) => {
  console.log(
    `(${x}, ${y}) in the ring? ${answer.probability.data[i].toFixed(3)} (${inRing(x, y) ? 'it is' : 'it is not'})`,
  );
});
await model.dispose();
