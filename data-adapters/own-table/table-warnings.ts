// What somebody should know of a table before believing what is learnt from it, a line each.
import { type ColumnProfile, presentIn } from './column-profile.ts';
import type { InferredColumn } from './infer-kind.ts';
import type { TableSample } from './sample-table.ts';
import type { TableSchema } from './schema.ts';

/** Share of the rarest class below which the classes are out of balance. */
const rareShare = 0.1;
/** Share of a column that is missing from which it is said. */
const muchMissing = 0.05;

const percent = (share: number): string => `${(100 * share).toPrecision(2)} %`;
const counted = (n: number): string => n.toLocaleString('en');

function duplicates(cells: TableSample['cells']): number {
  const seen = new Set<string>();
  for (const row of cells) seen.add(row.join('\u0001'));
  return cells.length - seen.size;
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
    yield `${counted(uneven)} rows are left out for another number of cells, row ${firstUneven.row} first (${firstUneven.cells} of ${sample.columns.length})`;
  }
  const target = profiles.find(({ name }) => name === schema.target)!;
  if (target.missing > 0) {
    yield `${counted(target.missing)} rows${every > 1 ? ' looked at' : ''} have no ${schema.target} and are left out`;
  }
  const known = schema.classes.reduce((sum, word) => sum + (target.values.get(word) ?? 0), 0);
  if (schema.task === 'classification') {
    const others = presentIn(target) - known;
    if (others > 0) yield `${counted(others)} rows are of other classes and left out`;
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
  if (copies > 0) yield `${counted(copies)} rows are copies of others; copies stay on one side of the split`;
  for (const profile of profiles) {
    const repeating = columns.some(({ name, why }) => name === profile.name && /several rows/.test(why));
    if (repeating && schema.group === '')
      yield `rows may belong together by ${profile.name}; --group ${profile.name} keeps them on one side of the split`;
  }
}
