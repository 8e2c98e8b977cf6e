// What every cut would give.
import type { Plot } from '../../domain.ts';
import type { ProblemCurves } from '../curves.ts';
import { groupColour, kindDash, signalEfficiency } from './encodings.ts';

export const cutPlot = ({ problem, cuts, cut }: ProblemCurves): Plot => {
  const n = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });
  return {
    id: `cuts-${problem}`,
    title: `Significance of a cut, ${problem}`,
    caption: `${cut.figureName} against the share of the signal that a cut on the score keeps, for ${n(cut.signalBefore)} signal and ${n(cut.backgroundBefore)} background events before it, on test events; scans end where fewer than 30 background events are left. The rule marks the cut of ${cut.classifier} that validation events chose.`,
    vegaLite: {
      layer: [
        {
          data: { values: cuts },
          mark: 'line',
          encoding: {
            x: signalEfficiency,
            y: { field: 'significance', type: 'quantitative', title: cut.figureName },
            color: groupColour,
            strokeDash: kindDash,
          },
        },
        {
          data: { values: [{ at: cut.signal / cut.signalBefore }] },
          mark: { type: 'rule', strokeDash: [4, 4] },
          encoding: { x: { field: 'at', type: 'quantitative' } },
        },
      ],
    },
  };
};
