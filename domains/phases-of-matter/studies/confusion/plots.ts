// The W-shaped curve of learning by confusion beside that of the best classifier there can be.
import type { Estimate, Plot } from '../../../domain.ts';
import type { ConfusionPoint } from '../../exact/confusion-curve.ts';
import { criticalTemperature } from '../../exact/onsager.ts';

export interface ConfusionCurves {
  readonly size: number;
  readonly points: readonly (ConfusionPoint & { readonly low: number; readonly high: number })[];
  readonly bayes: readonly ConfusionPoint[];
  readonly peak?: Estimate;
}

const x = {
  field: 'trial',
  type: 'quantitative',
  title: "trial temperature T'  (J / kB)",
  scale: { zero: false },
};
const y = { field: 'accuracy', type: 'quantitative', title: 'accuracy', scale: { zero: false } };

export function plots({ size, points, bayes, peak }: ConfusionCurves): Plot[] {
  const curves = [
    ...points.map((point) => ({ ...point, classifier: 'networks' })),
    ...bayes.map((point) => ({ ...point, classifier: 'exact Bayes rule' })),
  ];
  const colour = {
    field: 'classifier',
    type: 'nominal',
    title: null,
    sort: ['networks', 'exact Bayes rule'],
  };
  const found = peak
    ? [
        {
          data: { values: [{ low: peak.low, high: peak.high }] },
          mark: { type: 'rect', opacity: 0.15 },
          encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
        },
      ]
    : [];
  return [
    {
      id: 'confusion',
      title: 'Learning by confusion',
      caption: `Share of test lattices (L = ${size}) put on the right side of a trial temperature, by networks that were trained on labels which it made. At the ends nearly all labels are equal; between, the labels that can be learned best are those of the transition. The shaded band is the interval of the middle peak, the dashed line the exact critical temperature of the infinite lattice.`,
      vegaLite: {
        layer: [
          ...found,
          {
            data: { values: [{ trial: criticalTemperature }] },
            mark: { type: 'rule', strokeDash: [5, 4] },
            encoding: { x },
          },
          {
            data: { values: curves.filter((point) => 'low' in point) },
            mark: { type: 'rule' },
            encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color: colour },
          },
          {
            data: { values: curves },
            mark: { type: 'line', point: true },
            encoding: { x, y, color: colour },
          },
        ],
      },
    },
  ];
}
