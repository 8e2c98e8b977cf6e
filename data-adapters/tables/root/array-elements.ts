// Columns of a tree or RNTuple by name, among them elements of jagged arrays: `Jet_pt[0]`.
import { UserError } from '../../../core/errors.ts';
import { checkColumns } from '../check-columns.ts';

/** What there is: columns by name, jagged arrays by name, and what the rest holds. */
export interface NamedColumns<Column, Jagged> {
  readonly columns: ReadonlyMap<string, Column>;
  readonly jagged: ReadonlyMap<string, Jagged>;
  readonly others: ReadonlyMap<string, string>;
}

/** The column that a name means, if any. @param make an element of a jagged array as a column */
export function findElement<Column, Jagged>(
  { columns, jagged }: NamedColumns<Column, Jagged>,
  name: string,
  make: (index: number, array: Jagged) => Column,
): Column | undefined {
  const listed = columns.get(name);
  if (listed !== undefined) return listed;
  const [, array, index] = /^(.*)\[(\d{1,9})\]$/.exec(name) ?? [];
  const found = array === undefined ? undefined : jagged.get(array);
  return found === undefined ? undefined : make(Number(index), found);
}

/** @param noun what the file calls a column: `branch`, `field`. @throws UserError for the first name that is no column */
export function checkBranches<Column, Jagged>(
  found: NamedColumns<Column, Jagged>,
  wanted: readonly string[],
  where: string,
  noun: string,
): void {
  for (const name of wanted) {
    if (findElement<unknown, unknown>(found, name, () => true) !== undefined) continue;
    const bare = name.replace(/\[\d+\]$/, '');
    if (bare === name && (found.jagged.has(bare) || found.columns.has(`${bare}[0]`))) {
      throw new UserError({
        what: `${noun} ${bare} is an array`,
        where,
        how: `ask for its elements: ${bare}[0], ${bare}[1], ...`,
      });
    }
    const other = found.others.get(bare);
    if (other !== undefined) {
      throw new UserError({
        what: `${noun} ${bare} holds ${other}, not single numbers`,
        where,
        how: `choose another ${noun}`,
      });
    }
    checkColumns([name], [...found.columns.keys()], where, noun);
  }
}
