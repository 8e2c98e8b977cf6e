// Which published layout a table has: by the names of its columns, or by their number where it has no header.
import { UserError } from '../../core/errors.ts';

export interface Layout {
  readonly name: string;
  /** Columns that a table of this kind must have, where it has names. */
  readonly required: readonly string[];
  /** All columns in order, for files without a header. */
  readonly fileColumns?: readonly string[];
}

/** Names that a reader gives to the columns of a text without a header. */
const unnamed = /^column_\d+$/;

/**
 * The layout that fits, or undefined.
 * @param columns of the table, as its reader calls them
 */
export function fittingLayout<L extends Layout>(
  columns: readonly string[],
  layouts: readonly L[],
): L | undefined {
  if (columns.every((name) => unnamed.test(name))) {
    return layouts.find(({ fileColumns }) => fileColumns?.length === columns.length);
  }
  return layouts.find(({ required }) => required.every((name) => columns.includes(name)));
}

/** The layout that fits. @throws UserError that says what each layout wants */
export function recogniseLayout<L extends Layout>(
  columns: readonly string[],
  layouts: readonly L[],
  where: string,
): L {
  const layout = fittingLayout(columns, layouts);
  if (layout !== undefined) return layout;
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
