// What the plots need, as evaluation.json keeps it.
import {
  accuracy,
  classArea,
  likeliestClasses,
  probabilitiesOf,
} from '../../../core/metrics/class-scores.ts';
import { permutationImportance } from '../../../core/metrics/permutation-importance.ts';
import { wilsonInterval } from '../../../core/metrics/proportion.ts';
import { rootMeanSquare } from '../../../core/metrics/regression-errors.ts';
import { rocCurve } from '../../../core/metrics/roc.ts';
import { type ColumnSchema, featuresOf } from '../../../data-adapters/own-table/schema.ts';
import type { EvaluateContext } from '../../domain.ts';
import type { OwnTableConfig } from '../config.ts';
import { takeRows } from './resampling.ts';
import { runNetwork, type TestScores } from './scores.ts';

export interface RocPoint {
  readonly method: string;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/** Rows of like probability: what was said and what came. */
export interface CalibrationPoint {
  readonly predicted: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface ImportanceBar {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface TableCurves {
  readonly target: string;
  readonly task: 'classification' | 'regression';
  readonly classes: readonly string[];
  readonly leading: string;
  readonly columns: readonly ColumnSchema[];
  readonly roc: readonly RocPoint[];
  readonly calibration: readonly CalibrationPoint[];
  /** Test rows by true class and by likeliest class. */
  readonly confusion: readonly (readonly number[])[];
  readonly predictedAgainstTrue: readonly { readonly truth: number; readonly predicted: number }[];
  readonly importance: readonly ImportanceBar[];
}

/** Points of a curve, and of a cloud, that are drawn. */
const drawnPoints = 200;
const drawnRows = 1000;
const bins = 10;

function rocPoints({ scores, schema, test }: TestScores): RocPoint[] {
  const shown = scores.filter(({ id }) => id !== 'majority');
  return shown.flatMap(({ label, answers }) => {
    const own = probabilitiesOf({ probabilities: answers, classes: schema.classes.length }, 1);
    const { falsePositiveRate, truePositiveRate } = rocCurve(own, test.target);
    const every = Math.max(1, Math.floor(falsePositiveRate.length / drawnPoints));
    return [...falsePositiveRate.keys()]
      .filter((i) => i % every === 0 || i === falsePositiveRate.length - 1)
      .map((i) => ({
        method: label,
        falsePositiveRate: falsePositiveRate[i],
        truePositiveRate: truePositiveRate[i],
      }));
  });
}

/** Tenths of the test rows by probability, with Wilson's interval of the share that came. */
function calibrationPoints(probabilities: Float64Array, labels: ArrayLike<number>): CalibrationPoint[] {
  const order = Uint32Array.from(probabilities, (_, i) => i).sort(
    (a, b) => probabilities[a] - probabilities[b],
  );
  return Array.from({ length: bins }, (_, k) =>
    order.subarray(Math.round((k * order.length) / bins), Math.round(((k + 1) * order.length) / bins)),
  ).flatMap((rows) => {
    if (rows.length === 0) return [];
    const came = rows.reduce((sum, row) => sum + labels[row], 0);
    const predicted = rows.reduce((sum, row) => sum + probabilities[row], 0) / rows.length;
    return [{ predicted, ...wilsonInterval(came, rows.length) }];
  });
}

function confusionOf({ scores, schema, test }: TestScores): number[][] {
  const classes = schema.classes.length;
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  likeliestClasses({ probabilities: scores.at(-1)!.answers, classes }).forEach((k, row) => {
    counts[test.target[row]][k] += 1;
  });
  return counts;
}

async function importanceOf(
  { schema, test }: TestScores,
  { config, models, random }: EvaluateContext<OwnTableConfig>,
): Promise<ImportanceBar[]> {
  const { rows: most, repeats } = config.importance;
  const rows = Uint32Array.from({ length: Math.min(most, test.rows) }, (_, i) =>
    Math.floor((i * test.rows) / Math.min(most, test.rows)),
  );
  if (rows.length === 0) return [];
  const classes = schema.classes.length;
  const truth = takeRows(test.target, 1, rows);
  const area = (answers: ArrayLike<number>) => classArea({ probabilities: answers, classes }, truth);
  const inputs = takeRows(test.features, test.width, rows);
  const answers = await runNetwork('network', inputs, test.width, models);
  const figure =
    schema.task === 'regression'
      ? (own: ArrayLike<number>) => -rootMeanSquare(own, truth)
      : Number.isNaN(area(answers))
        ? (own: ArrayLike<number>) => accuracy({ probabilities: own, classes }, truth)
        : area;
  const bars = await permutationImportance({
    inputs,
    columns: test.width,
    groups: Object.fromEntries(featuresOf(schema).map(({ name }, i) => [name, [i]])),
    score: (changed) => runNetwork('network', changed, test.width, models),
    figure,
    random: random.split('importance'),
    repeats,
  });
  return bars.map(({ name, value, deviation }) => ({
    name,
    value,
    low: value - 2 * deviation,
    high: value + 2 * deviation,
  }));
}

export async function curvesOf(
  table: TestScores,
  context: EvaluateContext<OwnTableConfig>,
): Promise<TableCurves> {
  const { schema, scores, test } = table;
  const { answers, label } = scores.at(-1)!;
  const classification = schema.task === 'classification';
  const binary = schema.classes.length === 2;
  const every = Math.max(1, Math.ceil(test.rows / drawnRows));
  return {
    target: schema.target,
    task: schema.task,
    classes: schema.classes,
    leading: label,
    columns: schema.columns,
    roc: binary ? rocPoints(table) : [],
    calibration: binary
      ? calibrationPoints(probabilitiesOf({ probabilities: answers, classes: 2 }, 1), test.target)
      : [],
    confusion: classification ? confusionOf(table) : [],
    predictedAgainstTrue: classification
      ? []
      : [...test.target.keys()]
          .filter((row) => row % every === 0)
          .map((row) => ({ truth: test.target[row], predicted: answers[row] })),
    importance: await importanceOf(table, context),
  };
}
