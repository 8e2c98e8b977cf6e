// A network that learns one column of a CSV file from the others, with early stopping on rows that it is not trained on. The table
// that stands here holds pendulums: their length, the gravity, and the period that somebody stopped.
//   npx tsx examples/fit-csv.ts [table.csv] [target] [epochs]

import type { Tensor } from '@tensorflow/tfjs-core';
import { openTable } from 'deepfield/data-adapters';
import { adam, fit, meanSquaredError, mlp, openEngine, RandomStream, rowSource } from 'deepfield/engine';

const [path = 'examples/data/pendulums.csv', target = 'period', epochs = '200'] = process.argv.slice(2);

// Columns of numbers, whatever the table's format: CSV, Parquet, Arrow, HDF5 and ROOT are read alike.
const table = await openTable(path);
const columns = new Map<string, number[]>(table.columns.map((name) => [name, []]));
for await (const block of table.blocks({ columns: table.columns })) {
  for (const [name, numbers] of columns) numbers.push(...block.columns[name]);
}
const features = table.columns.filter((name) => name !== target);
const rows = columns.get(target)!.length;

// Every column with mean 0 and standard deviation 1.
const scales = new Map(
  [...columns].map(([name, numbers]) => {
    const mean = numbers.reduce((sum, value) => sum + value, 0) / rows;
    const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows;
    return [name, { mean, deviation: Math.sqrt(variance) || 1 }];
  }),
);
const scaled = (name: string, row: number): number => {
  const { mean, deviation } = scales.get(name)!;
  return (columns.get(name)![row] - mean) / deviation;
};
const gather = (wanted: Uint32Array) => ({
  x: Float32Array.from([...wanted].flatMap((row) => features.map((name) => scaled(name, row)))),
  y: Float32Array.from(wanted, (row) => scaled(target, row)),
});

const random = new RandomStream(1);
const order = random.split('order').shuffle(Uint32Array.from({ length: rows }, (_, row) => row));
const [training, held] = [order.subarray(0, Math.floor(0.8 * rows)), order.subarray(Math.floor(0.8 * rows))];
const model = mlp({
  inputs: features.length,
  hidden: [16, 16],
  hiddenActivation: 'tanh',
  outputs: 1,
  outputActivation: 'linear',
  random: random.split('weights'),
});

const engine = await openEngine('cpu');
const { steps, best } = await fit({
  engine,
  model,
  objective: ({ x, y, weight }, training) => ({
    loss: meanSquaredError(y, model.apply(x, { training }) as Tensor, weight),
  }),
  optimizer: adam({ learningRate: 0.01 }),
  inputs: { x: { shape: [features.length] }, y: { shape: [1] } },
  train: rowSource({ rows: training, gather, shuffle: random.split('batches') }),
  validation: rowSource({ rows: held, gather }),
  earlyStopping: { metric: 'loss', mode: 'min', patience: 30 },
  batchSize: 32,
  epochs: Number(epochs),
});
await engine.dispose();

const error = Math.sqrt(best!.value) * scales.get(target)!.deviation;
console.log(`${rows} rows, ${features.join(' and ')} -> ${target}`);
console.log(
  `${steps} steps; root mean square error on ${held.length} held-out rows: ${error.toPrecision(3)}`,
);
console.log(`standard deviation of ${target}: ${scales.get(target)!.deviation.toPrecision(3)}`);
