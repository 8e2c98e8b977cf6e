// Means of some quantity of the lattices at each temperature with standard errors, over blocks of successive lattices.
import { blockMeans } from '../transition/block-means.ts';
import { meanOutputs } from '../transition/mean-outputs.ts';

export interface TemperatureMean {
  /** J / k_B */
  readonly temperature: number;
  readonly mean: number;
  readonly error: number;
  readonly lattices: number;
}

/**
 * @param temperatures of the rows
 * @param values of the quantity, one for each row
 * @returns temperatures ascending
 */
export function temperatureMeans(temperatures: Float64Array, values: Float64Array): TemperatureMean[] {
  return meanOutputs(0, blockMeans({ size: 0, temperatures, ordered: [values] })).map(
    ({ temperature, ordered, error, lattices }) => ({ temperature, mean: ordered, error, lattices }),
  );
}

/** Mean over temperatures that count alike, with its 95 % interval. */
export function overTemperatures(means: readonly TemperatureMean[]) {
  const value = means.reduce((sum, { mean }) => sum + mean, 0) / means.length;
  const error = Math.sqrt(means.reduce((sum, { error: e }) => sum + e * e, 0)) / means.length;
  return { value, low: value - 1.96 * error, high: value + 1.96 * error };
}
