// How early disease is seen.
import type { Plot } from '../../domain.ts';
import type { WindowCurves } from '../evaluation/curves.ts';

export const leadTimePlot = ({ window, title, leadTimes, leading }: WindowCurves): Plot => ({
  id: `lead-time-${window}`,
  title: `How early: the ${leading}, ${title}`,
  caption:
    'Area under the ROC curve when the records of the test patients are cut so many days before the index date, with 95 % intervals. The network is the one trained on whole windows.',
  vegaLite: {
    data: { values: leadTimes },
    layer: [
      {
        mark: { type: 'area', opacity: 0.2 },
        encoding: {
          x: { field: 'days', type: 'quantitative', title: 'days before the index date', sort: 'descending' },
          y: { field: 'low', type: 'quantitative', title: 'AUC', scale: { zero: false } },
          y2: { field: 'high' },
        },
      },
      {
        mark: { type: 'line', point: true },
        encoding: {
          x: { field: 'days', type: 'quantitative', title: 'days before the index date', sort: 'descending' },
          y: { field: 'value', type: 'quantitative', title: 'AUC' },
        },
      },
    ],
  },
});
