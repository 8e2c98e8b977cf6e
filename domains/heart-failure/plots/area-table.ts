// The table of the paper, filled anew.
import type { Plot } from '../../domain.ts';
import type { WindowCurves } from '../evaluation/curves.ts';

const text = (value: number): string => value.toFixed(3);

export const areaTable = ({ window, title, areas }: WindowCurves): Plot => ({
  id: `areas-${window}`,
  title: `Area under the ROC curve, ${title}`,
  caption:
    'Every classifier on the same test patients, with DeLong intervals at 95 %. The numbers of events and of visits alone say how much can be told from the length of a record.',
  table: {
    head: ['classifier', 'AUC', '95 % interval', 'paper'],
    rows: areas.map(({ classifier, value, low, high, paper }) => [
      classifier,
      text(value),
      `${text(low)} to ${text(high)}`,
      paper === undefined ? '' : text(paper),
    ]),
  },
});
