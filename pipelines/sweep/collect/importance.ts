// How much each parameter alone tells of the objective: the share of its variance, on ranks, that lies between values of the
// parameter, as the correlation ratio corrected for chance (T. L. Kelley, PNAS 21, 554 (1935), epsilon squared). Ranks, since one
// trial that diverges would be all of a variance. It sees no interplay of two parameters.
import { RandomStream } from '../../../core/random.ts';
import type { Parameter } from '../parameter.ts';
import type { TrialSummary } from './trial-summary.ts';

export interface Importance {
  readonly path: string;
  /** Epsilon squared, from 0 to 1. */
  readonly share: number;
  /** What one shuffle in twenty exceeds. */
  readonly chance: number;
}

const leastTrials = 6;
const mostGroups = 5;
const shuffles = 1000;

/** Ranks from 1, ties sharing their mean. */
export function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const ranks = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Kelley's epsilon squared of values in groups; 0 where chance explains as much. */
export function epsilonSquared(values: readonly number[], groups: readonly number[]): number {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const sums = new Map<number, { sum: number; size: number }>();
  let total = 0;
  for (let i = 0; i < n; i++) {
    const group = sums.get(groups[i]) ?? { sum: 0, size: 0 };
    sums.set(groups[i], { sum: group.sum + values[i], size: group.size + 1 });
    total += (values[i] - mean) ** 2;
  }
  if (total === 0 || sums.size < 2 || sums.size >= n) return 0;
  let between = 0;
  for (const { sum, size } of sums.values()) between += size * (sum / size - mean) ** 2;
  return Math.max(0, 1 - ((1 - between / total) * (n - 1)) / (n - sums.size));
}

/** Which trials count as alike in one parameter: of equal value, or, of many numbers, of equal share of the ranks. */
function groupsOf(values: readonly unknown[]): number[] {
  const texts = values.map((value) => JSON.stringify(value));
  const distinct = [...new Set(texts)];
  const most = Math.min(mostGroups, Math.max(2, Math.round(Math.sqrt(values.length))));
  if (distinct.length <= most || !values.every((value) => typeof value === 'number')) {
    return texts.map((text) => distinct.indexOf(text));
  }
  return ranksOf(values).map((rank) => Math.min(most - 1, Math.floor(((rank - 0.5) / values.length) * most)));
}

/** The parameters, the most telling first; none for fewer than six trials. */
export function parameterImportance(
  trials: readonly TrialSummary[],
  parameters: readonly Pick<Parameter, 'path'>[],
  seed: number,
): Importance[] {
  if (trials.length < leastTrials) return [];
  // By number, so that the shuffles do not depend on who won.
  const inOrder = [...trials].sort((a, b) => a.trial - b.trial);
  const ranks = ranksOf(inOrder.map(({ estimate }) => estimate.value));
  const all = parameters.map(({ path }): Importance => {
    const groups = groupsOf(inOrder.map(({ values }) => values[path]));
    const random = new RandomStream(seed, 'sweep', 'importance', path);
    const by = Array.from({ length: shuffles }, () => epsilonSquared(random.shuffle([...ranks]), groups));
    by.sort((a, b) => a - b);
    return { path, share: epsilonSquared(ranks, groups), chance: by[Math.ceil(0.95 * shuffles) - 1] };
  });
  return all.sort((a, b) => b.share - a.share);
}
