// The score of signal and background, on events that trained and on events that did not.
import type { Plot } from '../../domain.ts';
import type { ProblemCurves } from '../curves.ts';
import { pText, truthColour } from './encodings.ts';

export const scorePlot = ({ problem, leading, scores, overtraining }: ProblemCurves): Plot => {
  const values = scores.map((bin) => ({
    ...bin,
    centre: (bin.from + bin.to) / 2,
    low: Math.max(0, bin.share - bin.error),
    high: bin.share + bin.error,
  }));
  const tested =
    overtraining === undefined
      ? ''
      : ` Probability that training and test events follow one distribution (Kolmogorov and Smirnov): signal ${pText(overtraining.signal)}, background ${pText(overtraining.background)}; a small one says that the network knows its training events.`;
  return {
    id: `scores-${problem}`,
    title: `Scores of ${leading}, ${problem}`,
    caption: `Share of each class by score: filled, training events; points with their statistical errors, test events.${tested}`,
    vegaLite: {
      data: { values },
      encoding: { color: truthColour },
      layer: [
        {
          transform: [{ filter: "datum.phase === 'training'" }],
          mark: { type: 'bar', opacity: 0.3 },
          encoding: {
            x: { field: 'from', type: 'quantitative', title: 'score', bin: { binned: true } },
            x2: { field: 'to' },
            y: { field: 'share', type: 'quantitative', title: 'share of the class', stack: null },
          },
        },
        {
          transform: [{ filter: "datum.phase === 'test'" }],
          mark: 'rule',
          encoding: {
            x: { field: 'centre', type: 'quantitative' },
            y: { field: 'low', type: 'quantitative' },
            y2: { field: 'high' },
          },
        },
        {
          transform: [{ filter: "datum.phase === 'test'" }],
          mark: { type: 'point', size: 22 },
          encoding: {
            x: { field: 'centre', type: 'quantitative' },
            y: { field: 'share', type: 'quantitative' },
          },
        },
      ],
    },
  };
};
