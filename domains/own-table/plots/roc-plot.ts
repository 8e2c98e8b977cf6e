// ROC curves of all methods.
import type { Plot } from '../../domain.ts';
import type { TableCurves } from '../evaluation/curves.ts';
import { diagonal } from './diagonal.ts';

export const rocPlot = ({ roc, target, classes }: TableCurves): Plot => ({
  id: 'roc',
  title: `Found against false alarms, ${target} = ${classes[1]}`,
  caption: `Share of the rows of ${classes[1]} that a threshold finds, against the share of ${classes[0]} that it takes for them, over all thresholds, on the test rows. The diagonal is chance.`,
  vegaLite: {
    layer: [
      diagonal(0, 1),
      {
        data: { values: roc },
        mark: { type: 'line', interpolate: 'step-after' },
        encoding: {
          x: { field: 'falsePositiveRate', type: 'quantitative', title: `share of ${classes[0]} taken` },
          y: { field: 'truePositiveRate', type: 'quantitative', title: `share of ${classes[1]} found` },
          color: {
            field: 'method',
            type: 'nominal',
            title: null,
            sort: null,
            legend: { labelLimit: 300, columns: 2 },
          },
        },
      },
    ],
  },
});
