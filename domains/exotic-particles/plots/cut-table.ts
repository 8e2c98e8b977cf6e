// How a physicist would use the score: the cuts, what they leave, and the steps of an analysis.
import type { Plot } from '../../domain.ts';
import type { ProblemCurves } from '../curves.ts';

const number = (value: number, digits = 3): string =>
  value.toLocaleString('en', { maximumSignificantDigits: digits, minimumSignificantDigits: 2 });

export function cutTable({ problem, leading, cut, workingPoints, systematics }: ProblemCurves): Plot {
  const { significance, figureName, threshold } = cut;
  const before = `${number(cut.signalBefore, 6)} signal and ${number(cut.backgroundBefore, 6)} background events`;
  const shifted =
    systematics === undefined
      ? ''
      : ` Shifts of the detector by one standard deviation move it between ${systematics.band.low.toFixed(2)} and ${systematics.band.high.toFixed(2)}.`;
  return {
    id: `using-${problem}`,
    title: `How to use this cut, ${problem}`,
    caption:
      `1. Score the recorded events: deepfield predict <run> events.root --out scored.parquet. 2. Keep those with a score of at least ${threshold.toFixed(4)}: ` +
      `of ${before}, ${number(cut.signal)} and ${number(cut.background)} are expected to stay, and ${figureName} is ${significance.value.toFixed(2)} [${significance.low.toFixed(2)}, ${significance.high.toFixed(2)}] on events that neither trained ${leading} nor chose the cut.${shifted} ` +
      '3. Count. The expected background must come from data, in a region next to the cut or from its shape, and its mass must not peak where the signal would (see the plot of the mass). 4. Better than one cut is a fit to the whole score: its significance and limit are among the results. ' +
      'The yields are those of the settings (significance.signal, significance.background, significance.uncertainty): put in your own luminosity times cross-section times acceptance.',
    table: {
      head: [
        'cut',
        'score of at least',
        'signal kept',
        'background kept',
        'rejection',
        'signal',
        'background',
        figureName,
      ],
      rows: workingPoints.map((point) => [
        point.name,
        point.threshold.toFixed(4),
        `${number(100 * point.signalEfficiency)} %`,
        `${number(100 * point.backgroundEfficiency)} %`,
        point.backgroundEfficiency > 0 ? number(1 / point.backgroundEfficiency) : '',
        number(point.signal),
        number(point.background),
        point.significance.toFixed(2),
      ]),
    },
  };
}
