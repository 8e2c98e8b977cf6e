// How the columns of a table are brought to one scale before the first layer. The constants come from the training rows and
// are part of the network, so that a saved model takes the columns as they stand in the files.
import type { ElementStatistics } from '../../../data-adapters/stored/column-statistics.ts';

/** (f(x) - shift) / scale of one column, f the logarithm where it says so. */
export interface ColumnScaling {
  readonly shift: number;
  readonly scale: number;
  /** Takes ln max(x, floor) first. */
  readonly logarithm?: { readonly floor: number };
  /** The column has missing values (not a number): they become 0, where the mean is. */
  readonly missing?: boolean;
}

/**
 * `authors`: what the authors did to all files they published (github uci-igb/higgs-susy, physics.py `standardize`): a column
 * with negative values becomes (x - mean) / deviation, one without that exceeds 1 becomes x / mean, any other stays.
 * `z-score`: (x - mean) / deviation for every column.
 * `logarithmic`: the same of ln x for columns that are above 0 throughout (momenta, masses), whose long tails it draws in.
 */
export type StandardisationRule = 'authors' | 'z-score' | 'logarithmic';

/** Values below this share of their mean are taken for it before the logarithm. */
const FLOOR = 1 / 20;

/** 1 in place of 0: a constant column stays finite. */
const orOne = (value: number): number => (value === 0 ? 1 : value);

function scaling(rule: StandardisationRule, column: ElementStatistics): ColumnScaling {
  const { mean, deviation, least, greatest, logarithm } = column;
  if (rule === 'logarithmic' && logarithm)
    return {
      shift: logarithm.mean,
      scale: orOne(logarithm.deviation),
      logarithm: { floor: Math.fround(mean * FLOOR) },
    };
  if (rule !== 'authors' || least < 0) return { shift: mean, scale: orOne(deviation) };
  return { shift: 0, scale: greatest > 1 ? mean : 1 };
}

/** The scaling of each column by a rule. @param summary of the columns' training rows */
export const standardisation = (
  rule: StandardisationRule,
  summary: readonly ElementStatistics[],
): ColumnScaling[] =>
  summary.map((column) => ({
    ...scaling(rule, column),
    ...(column.missing > 0 ? { missing: true } : {}),
  }));
