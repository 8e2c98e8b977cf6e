// Figures of a classification: how well classes are told apart, and whether probabilities can be taken at their word, of each
// method on the same rows.
import { areaDifferenceOf, areaOf } from '../../../core/metrics/area-interval.ts';
import {
  accuracy,
  type ClassProbabilities,
  classArea,
  logLoss,
  probabilitiesOf,
  quadraticScore,
} from '../../../core/metrics/class-scores.ts';
import { deLong } from '../../../core/metrics/delong.ts';
import type { Interval } from '../../../core/metrics/interval.ts';
import { wilsonInterval } from '../../../core/metrics/proportion.ts';
import { recalibrate } from '../../../core/metrics/recalibration.ts';
import type { Figure } from '../../domain.ts';
import { bestRival, measured } from './measured.ts';
import { type Resampler, takeRows } from './resampling.ts';
import type { TestScores } from './scores.ts';

const level = 0.95;

/** Rows of the rarer class below which there is nothing to be said of calibration. */
const few = 10;

type Statistic = (scores: ClassProbabilities, labels: ArrayLike<number>) => number;

export const logitsOf = (scores: ClassProbabilities): Float64Array =>
  probabilitiesOf(scores, 1).map((p) => {
    const inside = Math.min(1 - 1e-7, Math.max(1e-7, p));
    return Math.log(inside / (1 - inside));
  });

export function classificationFigures(table: TestScores, resample: Resampler): Figure[] {
  const { schema, test, scores, grouped } = table;
  const classes = schema.classes.length;
  const labels = Uint8Array.from(test.target);
  const binary = classes === 2;
  const of = (k: number): ClassProbabilities => ({ probabilities: scores[k].answers, classes });
  const bootstrapped =
    (name: string, statistic: Statistic) =>
    (k: number): Interval =>
      resample(name, (rows) =>
        statistic(
          { probabilities: takeRows(scores[k].answers, classes, rows), classes },
          takeRows(labels, 1, rows),
        ),
      );
  const formula = binary && !grouped;
  const areas = formula
    ? deLong(
        scores.map((_, k) => probabilitiesOf(of(k), 1)),
        labels,
      )
    : undefined;
  const area = areas ? (k: number) => areaOf(areas, labels, k) : bootstrapped('auc', classArea);
  const share = grouped
    ? bootstrapped('accuracy', accuracy)
    : (k: number) => wilsonInterval(Math.round(accuracy(of(k), labels) * test.rows), test.rows, level);
  const values = scores.map((_, k) => classArea(of(k), labels));
  const rival = bestRival(scores, values);
  const last = scores.length - 1;
  const difference = areas
    ? areaDifferenceOf(areas, labels, last, rival)
    : resample('auc', (rows) => {
        const truth = takeRows(labels, 1, rows);
        const [own, other] = [last, rival].map((k) =>
          classArea({ probabilities: takeRows(scores[k].answers, classes, rows), classes }, truth),
        );
        return own - other;
      });
  const units = grouped ? `, intervals from drawing whole values of ${schema.group}` : '';
  const positive = binary
    ? `, ${schema.target} = ${schema.classes[1]}`
    : ', mean of each class against the rest';
  return [
    measured({
      id: 'auc',
      label: `AUC${positive}`,
      table,
      interval: area,
      note: grouped ? `Rows of one ${schema.group} belong together${units}.` : undefined,
    }),
    {
      id: 'auc-difference',
      label: `AUC, ${scores[last].label} less ${scores[rival].label}`,
      ...difference,
      level,
      n: test.rows,
      note: 'On the same rows, less the other method that does best on them.',
    },
    measured({ id: 'accuracy', label: 'Accuracy', table, interval: share }),
    measured({
      id: 'log-loss',
      label: 'Log loss',
      table,
      interval: bootstrapped('log-loss', logLoss),
      unit: 'nats',
    }),
    measured({ id: 'brier', label: 'Brier score', table, interval: bootstrapped('brier', quadraticScore) }),
    ...(binary ? calibrationFigures(table, of(last), labels, resample) : []),
  ];
}

function calibrationFigures(
  { scores, test }: TestScores,
  own: ClassProbabilities,
  labels: Uint8Array,
  resample: Resampler,
): Figure[] {
  const positives = labels.reduce((sum, y) => sum + y, 0);
  const logits = logitsOf(own);
  if (Math.min(positives, labels.length - positives) < few) return [];
  if (Math.max(...logits.slice(0, 1000)) - Math.min(...logits.slice(0, 1000)) < 1e-3) return [];
  const figure = (id: string, part: 'slope' | 'intercept', note: string): Figure => ({
    id,
    label: `Calibration ${part}, ${scores.at(-1)!.label}`,
    ...resample(id, (rows) => {
      const truth = takeRows(labels, 1, rows);
      return truth.includes(1) && truth.includes(0)
        ? recalibrate(takeRows(logits, 1, rows), truth)[part]
        : Number.NaN;
    }),
    level,
    n: test.rows,
    note,
  });
  return [
    figure(
      'calibration-slope',
      'slope',
      'Of the log odds: 1 where probabilities are right, less where they are too extreme.',
    ),
    figure('calibration-intercept', 'intercept', '0 where probabilities are right, given the slope.'),
  ];
}
