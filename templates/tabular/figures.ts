// The figures: how right the network is, with an interval, beside a plain method on the same rows. Edit it to measure what counts.
import { type EvaluateContext, type Evaluation, type Plot, wilsonInterval } from 'deepfield';
import type { Dataset } from 'deepfield/data-adapters';
import { batchOf, featureNames } from './data.ts';
import { type Config, networks } from './network.ts';

const greatest = (values: ArrayLike<number>): number =>
  Array.from(values).indexOf(Math.max(...Array.from(values)));

/** Share of rows called by their class, as "called right" of all. */
const accuracy = (called: readonly number[], labels: ArrayLike<number>) =>
  wilsonInterval(called.filter((k, i) => k === labels[i]).length, called.length);

export async function evaluate(data: Dataset, { models }: EvaluateContext<Config>): Promise<Evaluation> {
  const { test } = data.splits;
  const { features, label } = batchOf(data, test);
  const { classes = [] } = data.provenance;
  const input = {
    dtype: 'float32',
    shape: [test.length, featureNames(data).length],
    data: features,
  } as const;
  const calls: Record<string, number[]> = {};
  for (const id of networks) {
    const { probability } = await models.run(id, { features: input });
    calls[id] = Array.from(test, (_, i) =>
      greatest(probability.data.slice(i * classes.length, (i + 1) * classes.length)),
    );
  }
  const { truth } = data.take(test).columns;
  const best = truth && Array.from(truth.data, (p) => Number(p > 0.5));
  return {
    figures: [
      {
        id: 'accuracy',
        label: 'accuracy',
        level: 0.95,
        n: test.length,
        ...accuracy(calls.network, label),
        baselines: [
          { id: 'linear', label: 'logistic regression', ...accuracy(calls.linear, label) },
          ...(best ? [{ id: 'best', label: 'the rule that made the labels', ...accuracy(best, label) }] : []),
        ],
        ...(best && {
          note: 'The classes are drawn by chance: no method is right more often than the rule.',
        }),
      },
    ],
    curves: {
      classes,
      // confusion[k][j]: rows of class k that were called j.
      confusion: classes.map((_, k) =>
        classes.map((__, j) => calls.network.filter((call, i) => label[i] === k && call === j).length),
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
