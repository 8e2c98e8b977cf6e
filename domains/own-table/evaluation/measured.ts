// One figure of the network with those of the other methods beside it.
import type { Interval } from '../../../core/metrics/interval.ts';
import type { Figure } from '../../domain.ts';
import type { Scores, TestScores } from './scores.ts';

export interface Measured {
  readonly id: string;
  readonly label: string;
  readonly table: TestScores;
  /** Of the k-th method. */
  readonly interval: (k: number) => Interval;
  readonly unit?: string;
  readonly note?: string;
}

export function measured({ id, label, table: { scores, test }, interval, unit, note }: Measured): Figure {
  const last = scores.length - 1;
  return {
    id,
    label: `${label}, ${scores[last].label}`,
    ...interval(last),
    level: 0.95,
    n: test.rows,
    ...(unit === undefined ? {} : { unit }),
    ...(note === undefined ? {} : { note }),
    baselines: scores
      .slice(0, last)
      .map((other, k) => ({ id: other.id, label: other.label, ...interval(k) }))
      .reverse(),
  };
}

/** The method that does best of those that somebody could use in place of the network. @param values greater is better */
export function bestRival(scores: readonly Scores[], values: readonly number[]): number {
  const rivals = [...scores.keys()].slice(0, -1).filter((k) => scores[k].id !== 'bayes-bound');
  return rivals.reduce((best, k) => (values[k] > values[best] ? k : best), rivals[0]);
}
