// The k nearest training rows of each test row, on the columns as the networks see them, with the k that validation rows prefer:
// the method without a gradient.
import { classArea, logLoss } from '../../../core/metrics/class-scores.ts';
import { nearestRows } from '../../../core/metrics/nearest-rows.ts';
import { rootMeanSquare } from '../../../core/metrics/regression-errors.ts';
import { mixedNumbers } from '../../../core/models/mixed-columns.ts';
import type { Parts } from '../../../data-adapters/dataset.ts';
import type { EvaluateContext } from '../../domain.ts';
import { type OwnTableConfig, schemaOf } from '../config.ts';
import { columnUnits } from '../networks/column-units.ts';
import { rowsOf, tablePart } from '../parts.ts';
import type { Scores } from './scores.ts';

/** Validation rows that k is chosen on, at most. */
const mostValidation = 1000;

/** Some rows spread evenly over all. */
const spread = (rows: Uint32Array, most: number): Uint32Array =>
  rows.length <= most
    ? rows
    : Uint32Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)]);

/** None where there are no training rows to look among. */
export async function neighbourScores(
  parts: Parts,
  { config, progress, signal }: EvaluateContext<OwnTableConfig>,
): Promise<Scores[]> {
  const { splits } = parts[tablePart];
  if (splits.train.length === 0 || config.neighbours.rows === 0) return [];
  const schema = schemaOf(config);
  const classes = schema.task === 'classification' ? schema.classes.length : 1;
  const units = columnUnits(schema, rowsOf(parts, splits.train), config);
  const among = rowsOf(parts, spread(splits.train, config.neighbours.rows));
  const data = mixedNumbers(among.features, among.width, units);
  const shares = Array.from(
    { length: classes },
    (_, c) => among.target.reduce((sum, y) => sum + Number(y === c), 0) / among.rows,
  );
  const ks = config.neighbours.k.filter((k) => k <= among.rows);
  const tried = ks.length > 0 ? ks : [among.rows];
  const greatest = Math.max(...tried);
  const validation = rowsOf(parts, spread(splits.validation, mostValidation));
  const test = rowsOf(parts, splits.test);
  const bar = progress.task('Nearest neighbours', validation.rows + test.rows, 'rows');

  /** Answers for each k. */
  const answersOf = async (rows: typeof test): Promise<Float32Array[]> => {
    const own = mixedNumbers(rows.features, rows.width, units);
    const all = tried.map(() => new Float32Array(rows.rows * classes));
    for (let row = 0; row < rows.rows; row++) {
      if (row % 256 === 0) {
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
      }
      const to = own.subarray(row * units.length, (row + 1) * units.length);
      const near = nearestRows({ data, columns: units.length }, to, greatest);
      tried.forEach((k, i) => {
        // One more neighbour of the average kind: a probability is never 0.
        if (schema.task === 'classification')
          for (let c = 0; c < classes; c++) all[i][row * classes + c] = shares[c] / (k + 1);
        for (const other of near.subarray(0, k)) {
          if (schema.task === 'classification') all[i][row * classes + among.target[other]] += 1 / (k + 1);
          else all[i][row] += among.target[other] / k;
        }
      });
      bar.advance();
    }
    return all;
  };
  try {
    const goodness = (answers: Float32Array): number => {
      if (schema.task === 'regression') return -rootMeanSquare(answers, validation.target);
      const scores = { probabilities: answers, classes };
      const area = classArea(scores, validation.target);
      return Number.isNaN(area) ? -logLoss(scores, validation.target) : area;
    };
    const judged = (await answersOf(validation)).map(goodness);
    const best = judged.indexOf(Math.max(...judged));
    const answers = (await answersOf(test))[best];
    return [{ id: 'neighbours', label: `${tried[best]} nearest neighbours`, answers }];
  } finally {
    bar.end();
  }
}
