// What each column was taken for.
import type { Plot } from '../../domain.ts';
import type { TableCurves } from '../evaluation/curves.ts';

/** Words of a category that are named. */
const named = 8;

export const schemaTable = ({ columns, target }: TableCurves): Plot => ({
  id: 'columns',
  title: 'Columns',
  caption: `What each column besides ${target} was taken for. The settings of the run hold it, in config.yaml, where it can be changed.`,
  table: {
    head: ['column', 'kind', 'words'],
    rows: columns.map(({ name, kind, categories = [] }) => [
      name,
      kind,
      categories.length > named
        ? `${categories.slice(0, named).join(', ')} and ${categories.length - named} more`
        : categories.join(', '),
    ]),
  },
});
