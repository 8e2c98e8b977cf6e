// How much background each classifier rejects.
import type { Plot } from '../../domain.ts';
import type { ProblemCurves } from '../curves.ts';
import { groupColour, kindDash, signalEfficiency } from './encodings.ts';

export const rocPlot = ({ problem, roc }: ProblemCurves): Plot => ({
  id: `rejection-${problem}`,
  title: `Background rejection, ${problem}`,
  caption:
    'One over the share of the background that passes, against the share of the signal that passes, on test events. Higher is better; the axis is logarithmic because analyses live where little background is left.',
  vegaLite: {
    data: { values: roc },
    mark: 'line',
    encoding: {
      x: signalEfficiency,
      y: {
        field: 'rejection',
        type: 'quantitative',
        title: '1 / background efficiency',
        scale: { type: 'log' },
      },
      color: groupColour,
      strokeDash: kindDash,
    },
  },
});
