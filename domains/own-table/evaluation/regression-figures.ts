// Figures of a regression, of each method on the same rows.
import { determination, meanAbsolute, rootMeanSquare } from '../../../core/metrics/regression-errors.ts';
import type { Figure } from '../../domain.ts';
import { bestRival, measured } from './measured.ts';
import { type Resampler, takeRows } from './resampling.ts';
import type { TestScores } from './scores.ts';

type Statistic = (predicted: ArrayLike<number>, truth: ArrayLike<number>) => number;

export function regressionFigures(table: TestScores, resample: Resampler): Figure[] {
  const { schema, scores, test } = table;
  const bootstrapped = (name: string, statistic: Statistic) => (k: number) =>
    resample(name, (rows) => statistic(takeRows(scores[k].answers, 1, rows), takeRows(test.target, 1, rows)));
  const last = scores.length - 1;
  const rival = bestRival(
    scores,
    scores.map(({ answers }) => -rootMeanSquare(answers, test.target)),
  );
  const note = table.grouped
    ? `Rows of one ${schema.group} belong together: whole values of it are drawn for the intervals.`
    : undefined;
  return [
    measured({
      id: 'rmse',
      label: `RMSE of ${schema.target}`,
      table,
      interval: bootstrapped('rmse', rootMeanSquare),
      note,
    }),
    {
      id: 'rmse-difference',
      label: `RMSE, ${scores[last].label} less ${scores[rival].label}`,
      ...resample('rmse', (rows) => {
        const truth = takeRows(test.target, 1, rows);
        return (
          rootMeanSquare(takeRows(scores[last].answers, 1, rows), truth) -
          rootMeanSquare(takeRows(scores[rival].answers, 1, rows), truth)
        );
      }),
      level: 0.95,
      n: test.rows,
      note: 'On the same rows, less the other method that does best on them: below 0 the network is better.',
    },
    measured({
      id: 'mae',
      label: `MAE of ${schema.target}`,
      table,
      interval: bootstrapped('mae', meanAbsolute),
    }),
    measured({
      id: 'r2',
      label: `R2 of ${schema.target}`,
      table,
      interval: bootstrapped('r2', determination),
    }),
  ];
}
