// What was said, and what came.
import type { Plot } from '../../domain.ts';
import type { WindowCurves } from '../evaluation/curves.ts';

export const calibrationPlot = ({ window, title, calibration, leading }: WindowCurves): Plot => {
  const most = Math.max(...calibration.map(({ predicted, high }) => Math.max(predicted, high)));
  const x = { field: 'predicted', type: 'quantitative', title: 'mean predicted risk' };
  return {
    id: `calibration-${window}`,
    title: `Calibration of the ${leading}, ${title}`,
    caption:
      'Tenths of the test patients by predicted risk: the share that were cases, with 95 % intervals. Risks are those of the study, where the share of cases is far higher than in a population; on the line they can be taken at their word.',
    vegaLite: {
      layer: [
        {
          data: {
            values: [
              { x: 0, y: 0 },
              { x: most, y: most },
            ],
          },
          mark: { type: 'line', strokeDash: [4, 4], color: '#999999' },
          encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
        },
        {
          data: { values: calibration },
          mark: 'rule',
          encoding: {
            x,
            y: { field: 'low', type: 'quantitative', title: 'share of cases' },
            y2: { field: 'high' },
          },
        },
        {
          data: { values: calibration },
          mark: { type: 'point', filled: true, size: 50 },
          encoding: { x, y: { field: 'value', type: 'quantitative', title: 'share of cases' } },
        },
      ],
    },
  };
};
