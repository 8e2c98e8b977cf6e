// What the networks see of each column, from the training rows: numbers and dates scaled, a word for each category, and what is
// missing where some of it is.
import { quantile } from '../../../core/metrics/bootstrap.ts';
import type { MixedUnit } from '../../../core/models/mixed-columns.ts';
import { otherCode } from '../../../data-adapters/own-table/row-codes.ts';
import { type ColumnSchema, featuresOf, type TableSchema } from '../../../data-adapters/own-table/schema.ts';
import type { OwnTableConfig } from '../config.ts';
import type { TableNumbers } from '../parts.ts';

/** What is known of a column's training rows. */
interface Known {
  /** Those that are not missing, ascending. */
  readonly values: Float64Array;
  readonly missing: number;
}

function known({ features, width }: TableNumbers, column: number): Known {
  const all = Float64Array.from(
    { length: features.length / width },
    (_, row) => features[row * width + column],
  );
  const values = all.filter((value) => !Number.isNaN(value)).sort();
  return { values, missing: all.length - values.length };
}

/** Edges of bins that hold as many training rows each, those of equal values once. */
function edgesOf(values: Float64Array, bins: number): number[] {
  if (values.length === 0 || bins === 0) return [];
  const edges = Array.from({ length: bins + 1 }, (_, i) => quantile(values, i / bins));
  return edges.filter((edge, i) => i === 0 || Math.fround(edge) > Math.fround(edges[i - 1]));
}

function numberUnits(
  column: number,
  { values, missing }: Known,
  config: OwnTableConfig['missing'],
  bins: number,
): MixedUnit[] {
  const n = Math.max(1, values.length);
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n);
  const fills = { median: values.length === 0 ? 0 : quantile(values, 0.5), mean, zero: 0 };
  const value = {
    of: 'value' as const,
    column,
    fill: fills[config.fill],
    shift: mean,
    scale: deviation || 1,
  };
  const edges = edgesOf(values, bins);
  const steps =
    edges.length < 3
      ? []
      : edges.slice(1).map(
          (high, i): MixedUnit => ({
            of: 'bin',
            column,
            fill: value.fill,
            shift: edges[i],
            scale: high - edges[i],
          }),
        );
  return [value, ...steps, ...(missing > 0 && config.indicator ? [{ of: 'missing', column } as const] : [])];
}

function categoryUnits(
  column: number,
  schema: ColumnSchema,
  { values, missing }: Known,
  indicator: boolean,
): MixedUnit[] {
  const codes = Array.from({ length: otherCode(schema) + 1 }, (_, code) => code);
  const seen = new Set(values);
  return [
    ...codes.filter((code) => seen.has(code)).map((code): MixedUnit => ({ of: 'code', column, code })),
    ...(missing > 0 && indicator ? [{ of: 'missing', column } as const] : []),
  ];
}

/**
 * @param training the training rows alone
 * @param bins of the piecewise-linear encoding of each number and date; none by default
 */
export function columnUnits(
  schema: TableSchema,
  training: TableNumbers,
  { missing }: OwnTableConfig,
  bins = 0,
): MixedUnit[] {
  const units = featuresOf(schema).flatMap((column, i): MixedUnit[] => {
    const own = known(training, i);
    return column.kind === 'category'
      ? categoryUnits(i, column, own, missing.indicator)
      : numberUnits(i, own, missing, bins);
  });
  // A network has one input at least, even where no training row has anything to say.
  return units.length > 0 ? units : [{ of: 'missing', column: 0 }];
}
