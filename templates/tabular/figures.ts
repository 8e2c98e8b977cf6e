// The figures: how right the network is, with an interval, beside a plain method on the same rows. Edit it to measure what counts.
import { type EvaluateContext, type Evaluation, type Plot, wilsonInterval } from 'deepfield';
import type { Dataset } from 'deepfield/data-adapters';
import { batchOf } from './data.ts';
import { type Config, networks } from './network.ts';

/** Share of rows that are called by their class, with its 95 % interval. */
const accuracy = (called: readonly string[], truth: readonly string[]) =>
  wilsonInterval(called.filter((name, i) => name === truth[i]).length, truth.length);

/** What a network calls each row: its likeliest class. */
export function callsOf(
  { data }: { readonly data: ArrayLike<number> },
  classes: readonly string[],
): string[] {
  return Array.from({ length: data.length / classes.length }, (_, i) => {
    const row = classes.map((__, k) => data[i * classes.length + k]);
    return classes[row.indexOf(Math.max(...row))];
  });
}

export async function evaluate(data: Dataset, { models }: EvaluateContext<Config>): Promise<Evaluation> {
  const { test } = data.splits;
  // Columns and classes are those that the network has learnt; other data may have them in another order.
  const metadata = await models.metadata('network');
  const [names, classes]: string[][] = [JSON.parse(metadata.columns), JSON.parse(metadata.classes)];
  const { features, label } = batchOf(data, test, names);
  const truth = Array.from(label, (k) => data.provenance.classes?.[k] ?? '');
  const input = { dtype: 'float32', shape: [test.length, names.length], data: features } as const;
  const called: Record<string, string[]> = {};
  for (const id of networks) {
    const { probability } = await models.run(id, { features: input });
    called[id] = callsOf(probability, classes);
  }
  const chances = data.take(test).columns.truth?.data;
  const rule = chances && Array.from(chances, (p) => (p > 0.5 ? 'yes' : 'no'));
  return {
    figures: [
      {
        id: 'accuracy',
        label: 'accuracy',
        level: 0.95,
        n: test.length,
        ...accuracy(called.network, truth),
        baselines: [
          { id: 'linear', label: 'logistic regression', ...accuracy(called.linear, truth) },
          ...(rule
            ? [{ id: 'rule', label: 'the rule that made the classes', ...accuracy(rule, truth) }]
            : []),
        ],
        ...(rule && { note: 'The classes are drawn by chance: nothing is right more often than the rule.' }),
      },
    ],
    curves: {
      classes,
      // confusion[k][j]: rows of class k that were called j.
      confusion: classes.map((own) =>
        classes.map((name) => called.network.filter((call, i) => truth[i] === own && call === name).length),
      ),
    },
  };
}

export async function figures({ curves }: Evaluation): Promise<Plot[]> {
  const { classes, confusion } = curves as { classes: string[]; confusion: number[][] };
  return [
    {
      id: 'confusion',
      title: 'What is called what',
      caption: 'Rows of the test split by their class (down) and what the network calls them (across).',
      table: {
        head: ['class', ...classes],
        rows: confusion.map((row, k) => [classes[k], ...row.map(String)]),
      },
    },
  ];
}
