// ROC curves of all classifiers.
import type { Plot } from '../../domain.ts';
import type { WindowCurves } from '../evaluation/curves.ts';
import { wideLegend } from './wide-legend.ts';

export function rocPlot({ window, title, roc, areas }: WindowCurves): Plot {
  const order = areas.map(({ classifier }) => classifier).reverse();
  return {
    id: `roc-${window}`,
    title: `Cases found against false alarms, ${title}`,
    caption:
      'Share of the cases that a threshold finds, against the share of the controls that it suspects, over all thresholds. The diagonal is chance.',
    vegaLite: {
      layer: [
        {
          data: {
            values: [
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ],
          },
          mark: { type: 'line', strokeDash: [4, 4], color: '#999999' },
          encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
        },
        {
          data: { values: roc },
          mark: { type: 'line', interpolate: 'step-after' },
          encoding: {
            x: { field: 'falsePositiveRate', type: 'quantitative', title: 'false positive rate' },
            y: { field: 'truePositiveRate', type: 'quantitative', title: 'sensitivity' },
            color: { field: 'classifier', type: 'nominal', title: null, sort: order, legend: wideLegend },
            strokeDash: {
              field: 'classifier',
              type: 'nominal',
              legend: null,
              scale: { domain: order, range: order.map((name) => (/ alone$/.test(name) ? [2, 3] : [1, 0])) },
            },
          },
        },
      ],
    },
  };
}
