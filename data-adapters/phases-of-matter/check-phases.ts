// Whether a set of configurations can teach and test what it is opened for: rows in every split, and both phases.
import { UserError } from '../../core/errors.ts';
import { type Dataset, type SplitName, splitNames } from '../dataset.ts';
import type { Shares } from './splits.ts';

/** Configurations this close to the critical temperature belong to neither phase. */
const atCriticality = 1e-9;

/**
 * Checks that each split with a share has rows and, where the critical temperature is given, rows of both phases.
 *
 * @throws UserError saying which phase or split is without rows
 */
export function checkPhases(
  dataset: Dataset,
  shares: Shares,
  criticalTemperature: number | undefined,
  where: string,
): void {
  const temperatures = Float64Array.from(dataset.column('temperature').data);
  const splits = splitNames.filter((name) => shares[name] > 0);
  const empty = splits.find((name) => dataset.splits[name].length === 0);
  if (empty !== undefined) {
    throw new UserError({
      what: `${dataset.rows} configuration${dataset.rows === 1 ? ' is' : 's are'} too few for ${splits.join(', ')}: ${empty} gets none`,
      where,
      how: 'give more configurations',
    });
  }
  if (criticalTemperature === undefined) return;
  const count = (rows: ArrayLike<number>, sign: number) =>
    Array.from(rows).filter((row) => sign * (temperatures[row] - criticalTemperature) > atCriticality).length;
  const everyRow = Array.from({ length: dataset.rows }, (_, row) => row);
  for (const [sign, phase, side] of [
    [-1, 'ordered', 'below'],
    [1, 'disordered', 'above'],
  ] as const) {
    const how = `add configurations ${side} T = ${criticalTemperature}`;
    if (count(everyRow, sign) === 0) {
      const low = temperatures.reduce((a, b) => Math.min(a, b));
      const high = temperatures.reduce((a, b) => Math.max(a, b));
      throw new UserError({
        what: `no configuration of the ${phase} phase: all ${dataset.rows} have T from ${low} to ${high}`,
        where,
        how,
      });
    }
    const without = splits.find((name: SplitName) => count(dataset.splits[name], sign) === 0);
    if (without !== undefined) {
      throw new UserError({
        what: `too few configurations of the ${phase} phase: ${without} gets none`,
        where,
        how,
      });
    }
  }
}
