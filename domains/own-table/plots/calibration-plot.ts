// What was said, and what came.
import type { Plot } from '../../domain.ts';
import type { TableCurves } from '../evaluation/curves.ts';
import { diagonal } from './diagonal.ts';

export function calibrationPlot({ calibration, leading, target, classes }: TableCurves): Plot {
  const most = Math.max(...calibration.map(({ predicted, high }) => Math.max(predicted, high)));
  const x = { field: 'predicted', type: 'quantitative', title: 'mean predicted probability' };
  const title = `share with ${target} = ${classes[1]}`;
  return {
    id: 'calibration',
    title: `Calibration of the ${leading}`,
    caption:
      'Tenths of the test rows by predicted probability: the share that were of the class, with 95 % intervals. On the line probabilities can be taken at their word.',
    vegaLite: {
      layer: [
        diagonal(0, most),
        {
          data: { values: calibration },
          mark: 'rule',
          encoding: { x, y: { field: 'low', type: 'quantitative', title }, y2: { field: 'high' } },
        },
        {
          data: { values: calibration },
          mark: { type: 'point', filled: true, size: 50 },
          encoding: { x, y: { field: 'value', type: 'quantitative', title } },
        },
      ],
    },
  };
}
