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

function numberUnits(
  column: number,
  { values, missing }: Known,
  config: OwnTableConfig['missing'],
): MixedUnit[] {
  const n = Math.max(1, values.length);
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n);
  const fills = { median: values.length === 0 ? 0 : quantile(values, 0.5), mean, zero: 0 };
  const value: MixedUnit = {
    of: 'value',
    column,
    fill: fills[config.fill],
    shift: mean,
    scale: deviation || 1,
  };
  return missing > 0 && config.indicator ? [value, { of: 'missing', column }] : [value];
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

/** @param training the training rows alone */
export function columnUnits(
  schema: TableSchema,
  training: TableNumbers,
  { missing }: OwnTableConfig,
): MixedUnit[] {
  const units = featuresOf(schema).flatMap((column, i): MixedUnit[] => {
    const own = known(training, i);
    return column.kind === 'category'
      ? categoryUnits(i, column, own, missing.indicator)
      : numberUnits(i, own, missing);
  });
  // A network has one input at least, even where no training row has anything to say.
  return units.length > 0 ? units : [{ of: 'missing', column: 0 }];
}
