// The area under the ROC curve for women and men, and at each age.
import type { Plot } from '../../domain.ts';
import type { WindowCurves } from '../evaluation/curves.ts';

export const groupPlot = ({ window, title, groups, leading }: WindowCurves): Plot => {
  const values = groups.map(({ group, cases, ...rest }) => ({ ...rest, group: `${group} (${cases} cases)` }));
  const y = { field: 'group', type: 'nominal', title: null, sort: values.map(({ group }) => group) };
  return {
    id: `groups-${window}`,
    title: `The ${leading} by sex and age, ${title}`,
    caption: 'Area under the ROC curve within each group of test patients, with 95 % intervals.',
    vegaLite: {
      data: { values },
      layer: [
        {
          mark: 'rule',
          encoding: {
            y,
            x: { field: 'low', type: 'quantitative', title: 'AUC', scale: { zero: false } },
            x2: { field: 'high' },
          },
        },
        {
          mark: { type: 'point', filled: true, size: 60 },
          encoding: { y, x: { field: 'value', type: 'quantitative', title: 'AUC' } },
        },
      ],
    },
  };
};
