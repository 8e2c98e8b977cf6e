// What somebody should know of a table before believing what is learnt from it, a line each.
import { type ColumnProfile, presentIn } from './column-profile.ts';
import { type InferredColumn, looksLikeId, namesRepeat } from './infer-kind.ts';
import type { TableSample } from './sample-table.ts';
import type { TableSchema } from './schema.ts';

/** Share of the rarest class below which the classes are out of balance. */
const rareShare = 0.1;
/** Share of a column that is missing from which it is said. */
const muchMissing = 0.05;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const rowsText = (n: number): string => `${n.toLocaleString('en')} ${n === 1 ? 'row' : 'rows'}`;

/** Are, for one as for several. */
const are = (n: number): string => (n === 1 ? 'is' : 'are');

function duplicates(cells: TableSample['cells']): number {
  const seen = new Set<string>();
  for (const row of cells) seen.add(row.join('\u0001'));
  return cells.length - seen.size;
}

/** Numbers that tables write for a missing value. */
const usualCodes = ['-1', '-9', '-99', '-999', '-9999', '-999.0', '999', '9999', '99999', '-99999'];

/** One of them that stands often in a column, and beyond all other numbers of it. */
function missingCode({ values, rows }: ColumnProfile): string | undefined {
  return usualCodes.find((code) => {
    if ((values.get(code) ?? 0) < rows / 100 || values.size < 10) return false;
    const others = [...values.keys()]
      .map(Number)
      .filter((value) => value !== Number(code) && !Number.isNaN(value));
    const own = Number(code);
    return (
      others.every((value) => (own < 0 ? value > own : value < own)) &&
      others.every((value) => Math.abs(value - own) > Math.abs(own) / 10)
    );
  });
}

export interface WarningsOf {
  readonly sample: TableSample;
  readonly profiles: readonly ColumnProfile[];
  readonly schema: TableSchema;
  readonly columns: readonly InferredColumn[];
  readonly leaks: ReadonlyMap<string, string>;
}

export function* tableWarnings({ sample, profiles, schema, columns, leaks }: WarningsOf): Generator<string> {
  const { uneven, firstUneven, cells, every } = sample;
  if (firstUneven !== undefined) {
    yield `${rowsText(uneven)} ${are(uneven)} left out for another number of cells, row ${firstUneven.row} first (${firstUneven.cells} of ${sample.columns.length})`;
  }
  const target = profiles.find(({ name }) => name === schema.target)!;
  if (target.missing > 0) {
    yield `${rowsText(target.missing)}${every > 1 ? ' of those looked at' : ''} without ${schema.target} ${are(target.missing)} left out`;
  }
  const known = schema.classes.reduce((sum, word) => sum + (target.values.get(word) ?? 0), 0);
  if (schema.task === 'classification') {
    const others = presentIn(target) - known;
    if (others > 0) yield `${rowsText(others)} of other classes ${are(others)} left out`;
    const shares = schema.classes.map((word) => [word, (target.values.get(word) ?? 0) / known] as const);
    const [rarest, share] = shares.reduce((a, b) => (b[1] < a[1] ? b : a));
    if (share < rareShare)
      yield `class ${rarest} is rare: ${percent(share)} of the rows; read AUC and not accuracy`;
  }
  for (const [name, leak] of leaks) {
    const kept = columns.find((column) => column.name === name)?.kind !== 'ignore';
    yield `${name} gives the target away (${leak}), and is ${kept ? 'kept because you named its kind' : 'left out; name its kind, as in --number or --category, to keep it'}`;
  }
  for (const { name, missing, rows } of profiles) {
    const used = columns.some((column) => column.name === name && column.kind !== 'ignore');
    if (used && missing / rows >= muchMissing)
      yield `${name} is missing in ${percent(missing / rows)} of the rows`;
  }
  for (const { name, why } of columns) if (why !== '' && !leaks.has(name)) yield `${name}: ${why}`;
  const copies = duplicates(cells);
  if (copies > 0)
    yield `${rowsText(copies)} ${copies === 1 ? 'is a copy' : 'are copies'} of others; copies stay on one side of the split`;
  const coded = new Map<string, string[]>();
  for (const profile of profiles) {
    const number = columns.some(({ name, kind }) => name === profile.name && kind === 'number');
    const code = number ? missingCode(profile) : undefined;
    if (code !== undefined) coded.set(code, [...(coded.get(code) ?? []), profile.name]);
  }
  for (const [code, names] of coded) {
    const more = names.length > 1 ? ` and ${names.length - 1} more` : '';
    yield `${names[0]}${more}: does ${code} stand for a missing value? --missing ${code} says so`;
  }
  for (const profile of profiles) {
    const repeating = looksLikeId(profile) && namesRepeat(profile);
    if (repeating && schema.group === '')
      yield `rows may belong together by ${profile.name}; --group ${profile.name} keeps them on one side of the split`;
  }
}
