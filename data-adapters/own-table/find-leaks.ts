// Columns that know the target: copies of it under another name, and those that alone predict it without an error. Such a
// column is hardly ever known when a prediction is wanted. What is measured is the best that one column can do on the rows at
// hand, so columns whose values hardly repeat are judged by their order alone.
import { midranks } from '../../core/metrics/delong.ts';
import { isMissing, numberOf } from './cell-values.ts';
import type { Task } from './schema.ts';

/** Rows that both columns need before anything is said. */
const leastRows = 30;
/** Rows of one value, on average, from which its values are names of something that repeats. */
const repeats = 5;

/** What a column gives away, in words; undefined when nothing. */
export type Leak = string | undefined;

/** Area under the ROC curve of numbers for rows that are of a class, from their ranks (Mann and Whitney 1947). */
function area(numbers: readonly number[], member: readonly boolean[]): number {
  const ranks = midranks(numbers);
  let [sum, positives] = [0, 0];
  member.forEach((own, i) => {
    if (!own) return;
    sum += ranks[i];
    positives += 1;
  });
  const negatives = numbers.length - positives;
  return positives === 0 || negatives === 0
    ? 0.5
    : (sum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Pearson's correlation. */
function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = x.length;
  let [mx, my] = [0, 0];
  for (let i = 0; i < n; i++) {
    mx += x[i] / n;
    my += y[i] / n;
  }
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    xx += (x[i] - mx) ** 2;
    yy += (y[i] - my) ** 2;
    xy += (x[i] - mx) * (y[i] - my);
  }
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}

/** Whether each value of the column stands beside one value of the target alone, and often enough to mean something. */
function determines(column: readonly string[], target: readonly string[]): boolean {
  const beside = new Map<string, string>();
  for (const [i, value] of column.entries()) {
    const known = beside.get(value);
    if (known !== undefined && known !== target[i]) return false;
    beside.set(value, target[i]);
  }
  return beside.size > 1 && column.length >= repeats * beside.size && new Set(beside.values()).size > 1;
}

/**
 * @param cells of a column
 * @param target cells of the target, row by row
 */
export function leakOf(cells: readonly string[], target: readonly string[], task: Task): Leak {
  const rows = [...cells.keys()].filter((i) => !isMissing(cells[i]) && !isMissing(target[i]));
  if (rows.length < leastRows || rows.length < cells.length / 20) return undefined;
  const [own, truth] = [rows.map((i) => cells[i]), rows.map((i) => target[i])];
  if (own.every((cell, k) => cell === truth[k])) return 'a copy of the target';
  const numbers = own.map(numberOf);
  const numeric = numbers.every((value) => value !== undefined);
  if (task === 'regression') {
    const wanted = truth.map((cell) => numberOf(cell) ?? Number.NaN);
    if (!numeric || wanted.some(Number.isNaN)) return undefined;
    if (Math.abs(correlation(numbers as number[], wanted)) > 0.99999) return 'the target in other units';
    const rank = Math.abs(correlation(midranks(numbers as number[]), midranks(wanted)));
    return rank > 0.99999 ? 'orders the rows as the target does' : undefined;
  }
  if (determines(own, truth)) return 'tells the class without an error';
  const classes = [...new Set(truth)];
  if (!numeric || classes.length > 20) return undefined;
  const apart = classes.every((word) => {
    const of = area(
      numbers as number[],
      truth.map((cell) => cell === word),
    );
    return of === 0 || of === 1;
  });
  return apart ? 'tells the class without an error, by a threshold' : undefined;
}
