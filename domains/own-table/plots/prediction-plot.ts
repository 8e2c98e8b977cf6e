// Predicted numbers against true ones.
import type { Plot } from '../../domain.ts';
import type { TableCurves } from '../evaluation/curves.ts';
import { diagonal } from './diagonal.ts';

export function predictionPlot({ predictedAgainstTrue, target, leading }: TableCurves): Plot {
  const all = predictedAgainstTrue.flatMap(({ truth, predicted }) => [truth, predicted]);
  return {
    id: 'predicted-against-true',
    title: `${target} as it is and as the ${leading} predicts it`,
    caption: 'Test rows, a thousand at most. On the line the prediction is right.',
    vegaLite: {
      layer: [
        diagonal(Math.min(...all), Math.max(...all)),
        {
          data: { values: predictedAgainstTrue },
          mark: { type: 'point', size: 12, opacity: 0.5 },
          encoding: {
            x: { field: 'truth', type: 'quantitative', title: `${target}, true`, scale: { zero: false } },
            y: {
              field: 'predicted',
              type: 'quantitative',
              title: `${target}, predicted`,
              scale: { zero: false },
            },
          },
        },
      ],
    },
  };
}
