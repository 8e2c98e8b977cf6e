// The figures: how right the network is, with an interval, beside a plain method on the same pictures. Edit it to measure what counts.
import { type EvaluateContext, type Evaluation, type Plot, wilsonInterval } from 'deepfield';
import type { Dataset } from 'deepfield/data-adapters';
import { type Config, networks } from './network.ts';

/** Share of pictures that are called by their class, with its 95 % interval. */
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

export async function evaluate(
  data: Dataset,
  { models, config }: EvaluateContext<Config>,
): Promise<Evaluation> {
  const { test } = data.splits;
  // Classes are those that the network has learnt; other data may have them in another order.
  const classes: string[] = JSON.parse((await models.metadata('network')).classes);
  const { pixels, label } = data.take(test).columns;
  const truth = Array.from(label.data, (k) => data.provenance.classes?.[k] ?? '');
  const input = {
    dtype: 'int32',
    shape: [test.length, config.side, config.side],
    data: Int32Array.from(pixels.data),
  } as const;
  const called: Record<string, string[]> = {};
  for (const id of networks) {
    const { probability } = await models.run(id, { pixels: input });
    called[id] = callsOf(probability, classes);
  }
  return {
    figures: [
      {
        id: 'accuracy',
        label: 'accuracy',
        level: 0.95,
        n: test.length,
        ...accuracy(called.network, truth),
        baselines: [
          { id: 'linear', label: 'logistic regression on pixels', ...accuracy(called.linear, truth) },
        ],
      },
    ],
    curves: {
      classes,
      // confusion[k][j]: pictures of class k that were called j.
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
      caption: 'Pictures of the test split by their class (down) and what the network calls them (across).',
      table: {
        head: ['class', ...classes],
        rows: confusion.map((row, k) => [classes[k], ...row.map(String)]),
      },
    },
  ];
}
