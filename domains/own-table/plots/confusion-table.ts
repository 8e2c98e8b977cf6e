// Which classes are taken for which.
import type { Plot } from '../../domain.ts';
import type { TableCurves } from '../evaluation/curves.ts';

export const confusionTable = ({ confusion, classes, leading }: TableCurves): Plot => ({
  id: 'confusion',
  title: `Classes as they are and as the ${leading} takes them`,
  caption:
    'Test rows by their class, in rows, and by the likeliest class, in columns. What stands off the diagonal is wrong.',
  table: {
    head: ['', ...classes.map((word) => `taken for ${word}`)],
    rows: confusion.map((counts, k) => [classes[k], ...counts.map(String)]),
  },
});
