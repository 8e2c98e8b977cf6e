// Your domain: one object, from which command line, report and server are made. What to edit stands in data.ts (your files),
// network.ts (how it learns) and figures.ts (what is measured); here are names, and how a single row is asked about.
import { defineDomain, type Models } from 'deepfield';
import { type Dataset, readJsonItems } from 'deepfield/data-adapters';
import { z } from 'zod';
import { generate, numberOf, provenanceOf, readRows, readTable, toDataset } from './data.ts';
import { evaluate, figures } from './figures.ts';
import { type Config, config, presets, train } from './network.ts';

const row = z
  .record(z.string(), z.union([z.number(), z.string()]))
  .describe('values by the names of their columns');
const answer = z.object({ class: z.string(), probabilities: z.record(z.string(), z.number()) });
type Row = z.infer<typeof row>;
export type Answer = z.infer<typeof answer>;

async function decode(request: Row, models: Models) {
  const { columns, classes } = await models.metadata('network');
  const names: string[] = JSON.parse(columns);
  const data = Float32Array.from(names, (name) => numberOf(request[name], name, 'the row'));
  const features = { dtype: 'float32', shape: [1, names.length], data } as const;
  return { models: ['network'], inputs: { features }, context: JSON.parse(classes) as string[] };
}

export default defineDomain<Config, Row, Answer, Dataset>({
  name: 'my-science',
  title: 'My science',
  summary:
    'A table with a row for each item: its class is predicted from its numbers, by a network beside logistic regression.',
  // paper: { citation: 'Who, what, where (when)', doi: '10.1000/example' },
  config,
  presets,
  sources: [
    'a table of numbers (.csv, .parquet, .arrow, .h5, .root) with a column of classes, named by --set target=...',
  ],
  async simulate(context) {
    const { seed, random, config: settings } = context;
    const table = generate(settings.rows, random.split('rows'));
    const provenance = { kind: 'simulated', source: 'generate() of data.ts', seed, notes: [] } as const;
    return { main: toDataset(table, provenance, { ...context, purpose: 'training' }) };
  },
  async open(source, context) {
    const table = await readTable(source, context.config.target);
    return { main: toDataset(table, await provenanceOf(source), context) };
  },
  train: ({ main }, context) => train(main, context),
  evaluate: ({ main }, context) => evaluate(main, context),
  figures,
  primaryModel: () => 'network',
  predict: {
    request: row,
    answer,
    accepts: 'tables with the columns of the training data, or rows as .json',
    reads: ['.csv', '.parquet', '.arrow', '.json'],
    read: (path) =>
      path.endsWith('.json')
        ? readJsonItems(path, row, { what: 'rows', how: 'give [{ "column": 1 }]' })
        : readRows(path),
    decode,
    encode([{ probability }], _request, _config, context) {
      const classes = context as string[];
      const values = Array.from(probability.data);
      return {
        class: classes[values.indexOf(Math.max(...values))],
        probabilities: Object.fromEntries(classes.map((name, k) => [name, values[k]])),
      };
    },
    describe: (given) => `${given.class}, P = ${given.probabilities[given.class].toFixed(3)}`,
    examples: [
      { length: 1.5, width: 1, mass: 0, age: 0 },
      { length: -1.5, width: 1, mass: 0, age: 0 },
    ],
  },
});
