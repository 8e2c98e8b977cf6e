// How many test lattices are put into the right phase: by the networks, by the baselines, and by the best classifier
// there can be.
import { wilsonInterval } from '../../core/metrics/proportion.ts';
import type { Dataset } from '../../data-adapters/dataset.ts';
import type { Estimate, EvaluateContext } from '../domain.ts';
import { logisticRegression } from './baselines/logistic-regression.ts';
import { magnetisationThreshold } from './baselines/magnetisation-threshold.ts';
import type { PhasesConfig } from './config.ts';
import { bayesRule, isCritical } from './exact/bayes-bound.ts';
import { criticalTemperature } from './exact/onsager.ts';
import { energyPerSpin } from './observables.ts';
import { outputsOf } from './outputs.ts';
import { labelledRows } from './train.ts';

export interface Classifier extends Estimate {
  readonly id: string;
  readonly label: string;
}

export interface Accuracy {
  readonly size: number;
  /** Test lattices behind the figures. */
  readonly lattices: number;
  /** Mean over the networks of this size. */
  readonly network: Estimate;
  readonly baselines: readonly Classifier[];
}

/**
 * Test rows on which accuracy is measured: those at temperatures that were also trained on (a finer grid near T_c, where
 * nobody can tell, would only dilute it), or all where nothing was trained on. Rows at T_c have no phase.
 */
export function accuracyRows(dataset: Dataset): Uint32Array {
  const temperatures = dataset.column('temperature').data;
  const trained = new Set(Array.from(dataset.splits.train, (row) => temperatures[row]));
  return dataset.splits.test.filter(
    (row) => !isCritical(temperatures[row]) && (trained.size === 0 || trained.has(temperatures[row])),
  );
}

/** Wilson's interval of a mean over networks that saw the same lattices, widened by their spread. */
export function estimateOf(shares: readonly number[], n: number): Estimate {
  const value = shares.reduce((a, b) => a + b, 0) / shares.length;
  const variance = shares.reduce((sum, s) => sum + (s - value) ** 2, 0) / Math.max(1, shares.length - 1);
  const { low, high } = wilsonInterval(value * n, n);
  const spread = 1.96 * Math.sqrt(variance / shares.length);
  return {
    value,
    low: Math.max(0, value - Math.hypot(value - low, spread)),
    high: Math.min(1, value + Math.hypot(high - value, spread)),
  };
}

/** Counts of lattices by temperature, for the exact bound on the very same mixture. */
function counts(temperatures: Float64Array) {
  const byTemperature = new Map<number, number>();
  for (const t of temperatures) byTemperature.set(t, (byTemperature.get(t) ?? 0) + 1);
  return [...byTemperature].map(([temperature, count]) => ({ temperature, count }));
}

/** The accuracies for one lattice size; undefined when no test lattice has a phase. */
export async function accuracyOf(
  dataset: Dataset,
  context: EvaluateContext<PhasesConfig>,
): Promise<Accuracy | undefined> {
  const rows = accuracyRows(dataset);
  if (rows.length === 0) return undefined;
  const { size, temperatures, ordered } = await outputsOf(dataset, rows, context.models);
  const isRight = (row: number, calledOrdered: boolean): number =>
    calledOrdered === temperatures[row] < criticalTemperature ? 1 : 0;
  const share = (called: (row: number) => boolean): number => {
    let right = 0;
    for (let row = 0; row < rows.length; row++) right += isRight(row, called(row));
    return right / rows.length;
  };
  const baselines: Classifier[] = [];
  const training = labelledRows(dataset, 'train');
  if (training.length > 0) {
    const magnetic = magnetisationThreshold(dataset, training, rows);
    const logistic = await logisticRegression(dataset, rows, context);
    baselines.push(
      {
        id: 'magnetisation',
        label: '|m| threshold',
        ...estimateOf([share((row) => magnetic[row] === 1)], rows.length),
      },
      {
        id: 'logistic',
        label: 'logistic regression',
        ...estimateOf([share((row) => logistic[row] === 1)], rows.length),
      },
    );
  }
  if (size % 2 === 0) {
    const { accuracy, energyThreshold } = bayesRule(size, counts(temperatures));
    const { data } = dataset.column('spins');
    const energies = Float64Array.from(rows, (row) =>
      energyPerSpin(data.subarray(row * size * size, (row + 1) * size * size), size),
    );
    baselines.push({
      id: 'energy',
      label: 'energy threshold',
      ...estimateOf([share((row) => !(energies[row] > energyThreshold))], rows.length),
    });
    baselines.push({
      id: 'bayes-bound',
      label: 'Bayes bound',
      value: accuracy,
      low: accuracy,
      high: accuracy,
    });
  }
  const networks = ordered.map((output) => share((row) => output[row] > 0.5));
  return { size, lattices: rows.length, network: estimateOf(networks, rows.length), baselines };
}
