// What a network would answer that had learned the magnetisation and nothing else: 1 / (1 + exp(-(a |m| + b))), with a and
// b fitted to the validation lattices as a network's calibration is. How far the networks are from it is what training
// has left undone.
import { logistic } from '../../../core/metrics/logistic.ts';
import type { Dataset } from '../../../data-adapters/dataset.ts';
import { fitCalibration } from '../calibration.ts';
import { criticalTemperature } from '../exact/onsager.ts';
import { magnetisations } from '../observables.ts';
import type { Outputs } from '../outputs.ts';
import { labelledRows } from '../train.ts';

/** Probabilities of the ordered phase from |m| alone; undefined where there are no validation lattices to fit to. */
export function magnetisationOutputs(dataset: Dataset, rows: Uint32Array): Outputs | undefined {
  const validation = labelledRows(dataset, 'validation');
  if (validation.length === 0) return undefined;
  const all = dataset.column('temperature').data;
  const shares = (of: Uint32Array): Float64Array =>
    magnetisations(dataset, of).map((m) => logistic(4 * Math.abs(m) - 2));
  const { slope, offset } = fitCalibration(
    shares(validation),
    Uint8Array.from(validation, (row) => (all[row] < criticalTemperature ? 1 : 0)),
  );
  return {
    size: dataset.column('spins').shape[0],
    temperatures: Float64Array.from(rows, (row) => all[row]),
    ordered: [shares(rows).map((p) => logistic(slope * Math.log(p / (1 - p)) + offset))],
  };
}
