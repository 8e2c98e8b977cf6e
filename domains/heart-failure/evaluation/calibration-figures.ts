// Whether risks can be taken at their word: precision, Brier's score and the line of recalibration, with intervals from
// resampling match sets.

import { averagePrecision } from '../../../core/metrics/average-precision.ts';
import { bootstrapInterval } from '../../../core/metrics/bootstrap.ts';
import { logistic } from '../../../core/metrics/logistic.ts';
import { wilsonInterval } from '../../../core/metrics/proportion.ts';
import { recalibrate } from '../../../core/metrics/recalibration.ts';
import { brierScore } from '../../../core/metrics/reliability.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { Figure } from '../../domain.ts';
import { windowId, windowText } from '../classifiers.ts';
import type { CalibrationPoint } from './curves.ts';
import type { ScoredPatients } from './scored-patients.ts';

const level = 0.95;
const replicates = 300;

/** Rows of each match set. */
function matchSets({ members }: ScoredPatients): number[][] {
  const sets = new Map<number, number[]>();
  members.forEach(({ matchSet }, row) => {
    const known = sets.get(matchSet);
    if (known) known.push(row);
    else sets.set(matchSet, [row]);
  });
  return [...sets.values()];
}

/** Rows of the rarer class below which there is nothing to be said of calibration. */
const few = 10;

/** Spread of log odds below which a classifier says the same of everybody. */
const leastSpread = 1e-3;

/** None where a class has fewer than 10 rows, or everybody is said to be at one risk. */
export function calibrationFigures(patients: ScoredPatients, random: RandomStream): Figure[] {
  const { window, labels, scores } = patients;
  const cases = labels.reduce((sum: number, y) => sum + y, 0);
  if (Math.min(cases, labels.length - cases) < few) return [];
  const leading = scores[scores.length - 1];
  const logits = leading.scores;
  if (Math.max(...logits) - Math.min(...logits) < leastSpread) return [];
  const sets = matchSets(patients);
  const figure = (
    id: string,
    label: string,
    statistic: (logits: readonly number[], labels: readonly number[]) => number,
    more: Partial<Figure> = {},
  ): Figure => ({
    id: `${id}-${windowId(window)}`,
    label: `${label}, ${windowText(window)}: ${leading.label}`,
    ...bootstrapInterval(
      sets.length,
      (units) => {
        const rows = Array.from(units).flatMap((unit) => sets[unit]);
        const own = rows.map((row) => labels[row]);
        return own.includes(1) && own.includes(0)
          ? statistic(
              rows.map((row) => logits[row]),
              own,
            )
          : Number.NaN;
      },
      { random: random.split(id), replicates, level },
    ),
    level,
    n: labels.length,
    ...more,
  });
  return [
    figure('average-precision', 'Average precision', averagePrecision),
    figure('brier', 'Brier score', (x, y) => brierScore(x.map(logistic), y)),
    figure('calibration-intercept', 'Calibration intercept', (x, y) => recalibrate(x, y).intercept, {
      note: '0 where risks are right, given the slope.',
    }),
    figure('calibration-slope', 'Calibration slope', (x, y) => recalibrate(x, y).slope, {
      note: 'Of the log odds, which are calibrated on validation patients: 1 where risks are right, less where they are too extreme.',
    }),
  ];
}

/** Tenths of the test patients by risk: mean risk, and share of cases with Wilson's interval. */
export function calibrationPoints({ labels, scores }: ScoredPatients, bins = 10): CalibrationPoint[] {
  const logits = scores[scores.length - 1].scores;
  const order = Uint32Array.from(logits, (_, i) => i).sort((a, b) => logits[a] - logits[b]);
  return Array.from({ length: bins }, (_, k) =>
    order.subarray(Math.round((k * order.length) / bins), Math.round(((k + 1) * order.length) / bins)),
  ).flatMap((rows) => {
    if (rows.length === 0) return [];
    const cases = rows.reduce((sum, row) => sum + labels[row], 0);
    const predicted = rows.reduce((sum, row) => sum + logistic(logits[row]), 0) / rows.length;
    return [{ predicted, patients: rows.length, ...wilsonInterval(cases, rows.length, level) }];
  });
}
