// Whether a cut on the score makes a peak in the background's mass.
import type { Plot } from '../../domain.ts';
import type { ProblemCurves } from '../curves.ts';

export function massPlots({ problem, leading, mass }: ProblemCurves): Plot[] {
  if (mass === undefined) return [];
  const values = mass.bins.map((bin) => ({ ...bin, centre: (bin.from + bin.to) / 2 }));
  return [
    {
      id: `sculpting-${problem}`,
      title: `${mass.name} of the background, ${problem}`,
      caption: `The background's ${mass.name} before and after cuts on the score of ${leading}, each curve normalised to what passes. A cut that leaves background where the signal would be shapes it into the peak that a search by mass looks for.`,
      vegaLite: {
        data: { values },
        mark: { type: 'line', interpolate: 'step' },
        encoding: {
          x: {
            field: 'centre',
            type: 'quantitative',
            title: mass.unit === '' ? mass.name : `${mass.name} (${mass.unit})`,
            scale: { zero: false },
          },
          y: { field: 'share', type: 'quantitative', title: 'share of the background that passes' },
          color: {
            field: 'cut',
            type: 'nominal',
            title: 'background kept',
            sort: ['no cut', 'half', 'a tenth', 'the chosen cut'],
          },
        },
      },
    },
  ];
}
