// The adapter: a table with a row for each item becomes the numbers that a network learns from. Edit it for your own files.
import { type RandomStream, UserError } from 'deepfield';
import { type ColumnData, Dataset, describeFile, openCells, type Provenance } from 'deepfield/data-adapters';
import type { Config } from './network.ts';

/** A table by its columns of numbers. */
export interface Table {
  readonly features: Readonly<Record<string, readonly number[]>>;
  /** What stands in the target's column, where there is one. */
  readonly target: readonly string[];
}

/** A table's rows by the names of its columns: CSV, Parquet, Arrow, HDF5 or ROOT. @throws UserError when it cannot be read */
export async function readRows(path: string): Promise<Record<string, string>[]> {
  const table = await openCells(path);
  const all: Record<string, string>[] = [];
  for await (const { rows } of table.blocks())
    for (const cells of rows) all.push(Object.fromEntries(table.columns.map((name, k) => [name, cells[k]])));
  return all;
}

/** The number that a feature is. @throws UserError for any other word, and for nothing */
export function numberOf(cell: string | number | undefined, name: string, where: string): number {
  const value = cell === undefined || cell === '' ? Number.NaN : Number(cell);
  if (Number.isFinite(value)) return value;
  const what =
    cell === undefined ? `${name} is missing` : `${name} is ${JSON.stringify(cell)}, expected a number`;
  throw new UserError({ what, where, how: 'correct it, or say in data.ts what it means' });
}

/** A table whose columns are features, all but the target. @throws UserError for a feature that is no number */
export async function readTable(path: string, target: string): Promise<Table> {
  const rows = await readRows(path);
  const names = Object.keys(rows[0] ?? {}).filter((name) => name !== target);
  const column = (name: string): number[] =>
    rows.map((row, i) => numberOf(row[name], name, `${path}, row ${i + 1}`));
  return {
    features: Object.fromEntries(names.map((name) => [name, column(name)])),
    target: rows.flatMap((row) => row[target] ?? []),
  };
}

/**
 * Four normal deviates a row. Its class is `yes` with probability 1 / (1 + exp(-(3 length width + mass))), which a network can learn
 * and a linear method cannot: the product shows in no column alone.
 */
export function generate(count: number, random: RandomStream): Table & { readonly truth: readonly number[] } {
  const column = (): number[] => Array.from({ length: count }, () => random.normal());
  const features = { length: column(), width: column(), mass: column(), age: column() };
  const truth = features.mass.map(
    (m, i) => 1 / (1 + Math.exp(-(3 * features.length[i] * features.width[i] + m))),
  );
  return { features, target: truth.map((p) => (random.uniform() < p ? 'yes' : 'no')), truth };
}

/** More values of a target are no classes. */
const mostClasses = 20;

/** Before the names of features among the columns of the dataset. */
const prefix = 'x.';

export const featureNames = ({ columns }: Dataset): string[] =>
  Object.keys(columns).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));

/** Features of some rows, [rows x names], with the number of each row's class. @throws UserError for a feature that is not there */
export function batchOf(
  data: Dataset,
  rows: ArrayLike<number>,
  names: readonly string[] = featureNames(data),
): { features: Float32Array; label: Int32Array } {
  const { columns } = data.take(rows);
  const features = new Float32Array(rows.length * names.length);
  names.forEach((name, k) => {
    const column = columns[prefix + name];
    if (column === undefined) {
      const where = data.provenance.source;
      throw new UserError({ what: `has no column ${name}`, where, how: `give ${names.join(', ')}` });
    }
    for (let i = 0; i < rows.length; i++) features[i * names.length + k] = column.data[i];
  });
  return { features, label: columns.label.data as Int32Array };
}

/** Classes in the order in which a person would write them. */
const classesOf = (target: readonly string[]): string[] =>
  [...new Set(target)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

/**
 * The dataset of a table, its rows divided at random. All belong to the test split where `purpose` is evaluation.
 *
 * @throws UserError when the target is not there, or has one class or too many
 */
export function toDataset(
  { features, target, truth }: Table & { readonly truth?: readonly number[] },
  provenance: Provenance,
  { config, random, purpose }: { config: Config; random: RandomStream; purpose: 'training' | 'evaluation' },
): Dataset {
  const classes = classesOf(target);
  const [least, fewest] = purpose === 'training' ? [20, 2] : [1, 1];
  if (target.length < least || classes.length < fewest || classes.length > mostClasses) {
    const what =
      target.length === 0
        ? `has no column ${config.target}`
        : `has ${target.length} rows of ${classes.length} classes in ${config.target}, expected ${least} or more of ${fewest} to ${mostClasses}`;
    throw new UserError({
      what,
      where: provenance.source,
      how: 'name the column to predict: --set target=...',
    });
  }
  const order = random.split('split').permutation(target.length);
  const shares = purpose === 'evaluation' ? [1, 0] : [config.test, config.validation];
  const [test, validation] = shares.map((share) => Math.round(share * target.length));
  const named: [string, ColumnData][] = Object.entries(features).map(([name, values]) => [
    prefix + name,
    Float32Array.from(values),
  ]);
  named.push(['label', Int32Array.from(target, (word) => classes.indexOf(word))]);
  if (truth) named.push(['truth', Float32Array.from(truth)]);
  return new Dataset(
    Object.fromEntries(named.map(([name, data]) => [name, { data, shape: [] }])),
    {
      test: order.slice(0, test).sort(),
      validation: order.slice(test, test + validation).sort(),
      train: order.slice(test + validation).sort(),
    },
    { ...provenance, classes },
  );
}

/** Where a file's rows came from, for the report. */
export const provenanceOf = async (path: string): Promise<Provenance> => ({
  kind: 'files',
  source: path,
  files: [await describeFile(path)],
  notes: [],
});
