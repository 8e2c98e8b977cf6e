// Columns that are asked for and columns that are there.
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';

/** @param noun what the file calls a column: `column`, `branch`. @throws UserError with near names for the first unknown one */
export function checkColumns(
  wanted: Iterable<string>,
  known: readonly string[],
  where: string,
  noun = 'column',
): void {
  const there = new Set(known);
  for (const name of wanted) {
    if (there.has(name)) continue;
    const near = nearest(name, known);
    const some = `${known.slice(0, 12).join(', ')}${known.length > 12 ? `, and ${known.length - 12} more` : ''}`;
    throw new UserError({
      what: `has no ${noun} ${name}`,
      where,
      how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${some}`,
    });
  }
}
