// The baseline that knows the order parameter: a lattice is called ordered when |m| is at least a threshold, the one that
// puts most training lattices right.
import type { Dataset } from '../../../data-adapters/dataset.ts';
import { criticalTemperature } from '../exact/onsager.ts';
import { magnetisations } from '../observables.ts';

/** |m| of the given rows. */
const absoluteMagnetisations = (dataset: Dataset, rows: ArrayLike<number>): Float64Array =>
  magnetisations(dataset, rows).map(Math.abs);

/** The threshold on |m| with the fewest mistakes on the given rows; half-way between two values that occur. */
export function bestThreshold(
  magnetisations: ArrayLike<number>,
  ordered: ArrayLike<number | boolean>,
): number {
  const order = Array.from(magnetisations, (_, i) => i).sort((a, b) => magnetisations[a] - magnetisations[b]);
  // Below every value all are called ordered: every disordered one is a mistake.
  let mistakes = order.reduce((n, i) => n + (ordered[i] ? 0 : 1), 0);
  let best = { mistakes, threshold: 0 };
  order.forEach((i, position) => {
    mistakes += ordered[i] ? 1 : -1;
    const value = magnetisations[i];
    const next = position + 1 < order.length ? magnetisations[order[position + 1]] : 1 + value;
    if (next > value && mistakes < best.mistakes) best = { mistakes, threshold: (value + next) / 2 };
  });
  return best.threshold;
}

/** Whether each of `rows` is called ordered (1) or not (0), by the threshold that suits `training` best. */
export function magnetisationThreshold(
  dataset: Dataset,
  training: Uint32Array,
  rows: Uint32Array,
): Uint8Array {
  const temperatures = dataset.column('temperature').data;
  const labels = Array.from(training, (row) => temperatures[row] < criticalTemperature);
  const threshold = bestThreshold(absoluteMagnetisations(dataset, training), labels);
  return Uint8Array.from(absoluteMagnetisations(dataset, rows), (m) => (m >= threshold ? 1 : 0));
}
