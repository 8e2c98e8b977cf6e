// Which published layout a table has: by the names of its columns, however they are spelt, or by their number where it has
// no header.
import { UserError } from '../../core/errors.ts';
import { isUnnamed } from '../tables/unnamed.ts';

export interface Layout {
  readonly name: string;
  /** Columns that a table of this kind must have, where it has names. */
  readonly required: readonly string[];
  /** All columns in order, for files without a header. */
  readonly fileColumns?: readonly string[];
}

export interface Recognised<L extends Layout> {
  readonly layout: L;
  /** The table's own name of each column of the layout. */
  readonly nameOf: (column: string) => string;
}

/** `lepton pT`, `lepton_pt` and `Lepton-pT` are one name. */
const spelling = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Names under which published copies of the sets keep the label. */
const labels = ['classlabel', 'class', 'target', 'issignal'];

/** The table's own names by those of a layout; undefined when one is missing or not unique. */
function ownNames(columns: readonly string[], required: readonly string[]): Map<string, string> | undefined {
  const found = new Map<string, string>();
  for (const wanted of required) {
    const same = columns.includes(wanted)
      ? [wanted]
      : columns.filter((name) => spelling(name) === spelling(wanted));
    const other = wanted === 'label' ? columns.filter((name) => labels.includes(spelling(name))) : [];
    const [name, second] = same.length > 0 ? same : other;
    if (name === undefined || second !== undefined) return undefined;
    found.set(wanted, name);
  }
  return found;
}

/**
 * The layout that fits, or undefined.
 * @param columns of the table, as its reader calls them
 */
export function fittingLayout<L extends Layout>(
  columns: readonly string[],
  layouts: readonly L[],
): Recognised<L> | undefined {
  if (isUnnamed(columns)) {
    const layout = layouts.find(({ fileColumns }) => fileColumns?.length === columns.length);
    return layout && { layout, nameOf: (column) => column };
  }
  for (const layout of layouts) {
    const names = ownNames(columns, layout.required);
    if (names !== undefined) return { layout, nameOf: (column) => names.get(column) ?? column };
  }
  return undefined;
}

/** The layout that fits. @throws UserError that says what each layout wants */
export function recogniseLayout<L extends Layout>(
  columns: readonly string[],
  layouts: readonly L[],
  where: string,
): Recognised<L> {
  const recognised = fittingLayout(columns, layouts);
  if (recognised !== undefined) return recognised;
  const known = layouts
    .map(({ name, fileColumns, required }) =>
      fileColumns === undefined
        ? `${name}: ${required.slice(0, 2).join(', ')}, ...`
        : `${name}: ${fileColumns.length} columns, ${fileColumns.slice(0, 2).join(', ')}, ...`,
    )
    .join('; ');
  const found = `${columns.length} column${columns.length === 1 ? '' : 's'}: ${columns.slice(0, 3).join(', ')}${columns.length > 3 ? ', ...' : ''}`;
  throw new UserError({
    what: `has ${found}: none of the known searches (${known})`,
    where,
    how: 'name its columns by source.search=table, source.low, source.high and source.label',
  });
}
