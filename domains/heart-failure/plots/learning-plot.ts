// What more patients would give.
import type { Plot } from '../../domain.ts';
import type { Curves } from '../evaluation/curves.ts';

export const learningPlot = (learning: Curves['learning']): Plot => ({
  id: 'learning-curve',
  title: 'Area under the ROC curve against the number of patients learnt from',
  caption: 'One network of each size, with 95 % intervals of the test patients.',
  vegaLite: {
    data: { values: learning },
    encoding: {
      x: {
        field: 'patients',
        type: 'quantitative',
        title: 'patients in the training set',
        scale: { type: 'log', nice: false },
      },
      color: { field: 'window', type: 'nominal', title: null },
    },
    layer: [
      {
        mark: 'rule',
        encoding: {
          y: { field: 'low', type: 'quantitative', title: 'AUC', scale: { zero: false } },
          y2: { field: 'high' },
        },
      },
      {
        mark: { type: 'line', point: true },
        encoding: { y: { field: 'value', type: 'quantitative', title: 'AUC' } },
      },
    ],
  },
});
