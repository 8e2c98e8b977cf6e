// The figures: how right the network is, with an interval, beside a plain method on the same histories. Edit it to measure what counts.
import { type EvaluateContext, type Evaluation, type Plot, wilsonInterval } from 'deepfield';
import type { Dataset } from 'deepfield/data-adapters';
import { certainty } from './data.ts';
import { batchOf, type Config, networks } from './network.ts';

/** Share of histories that are called by their class, with its 95 % interval. */
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
  // Codes and classes are those that the network has learnt; other data may have others.
  const metadata = await models.metadata('network');
  const [vocabulary, classes]: string[][] = [JSON.parse(metadata.vocabulary), JSON.parse(metadata.classes)];
  const { codes, gaps, label } = batchOf(data, test, vocabulary);
  const truth = Array.from(label, (k) => data.provenance.classes?.[k] ?? '');
  const shape = [test.length, config.length];
  const inputs = {
    codes: { dtype: 'int32', shape, data: codes },
    gaps: { dtype: 'float32', shape, data: gaps },
  } as const;
  const called: Record<string, string[]> = {};
  for (const id of networks) {
    const { probability } = await models.run(id, inputs);
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
        ...(data.provenance.kind === 'simulated' && {
          exact: certainty,
          note: 'Exact is how often the rule holds that made the labels: nothing is right more often, but by luck.',
        }),
        baselines: [{ id: 'counts', label: 'how often what happened', ...accuracy(called.counts, truth) }],
      },
    ],
    curves: {
      classes,
      // confusion[k][j]: histories of class k that were called j.
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
      caption: 'Histories of the test split by their class (down) and what the network calls them (across).',
      table: {
        head: ['class', ...classes],
        rows: confusion.map((row, k) => [classes[k], ...row.map(String)]),
      },
    },
  ];
}
