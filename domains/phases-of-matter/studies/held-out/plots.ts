// Accuracy at each temperature, with the region that was held out.
import type { Plot } from '../../../domain.ts';
import { criticalTemperature } from '../../exact/onsager.ts';

export interface HeldOutCurves {
  readonly points: readonly {
    readonly temperature: number;
    readonly classifier: string;
    readonly value: number;
    readonly low: number;
    readonly high: number;
  }[];
}

export function plots({ points }: HeldOutCurves): Plot[] {
  const x = { field: 'temperature', type: 'quantitative', title: 'temperature T  (J / kB)' };
  const y = { type: 'quantitative', title: 'accuracy', scale: { zero: false } };
  const color = {
    field: 'classifier',
    type: 'nominal',
    title: null,
    sort: ['network', '|m| threshold', 'logistic regression'],
    legend: { labelLimit: 240 },
  };
  return [
    {
      id: 'held-out',
      title: 'The critical region held out',
      caption:
        'Share of test lattices put into the right phase at each temperature. The shaded region was kept from training; the dashed line is the exact critical temperature.',
      vegaLite: {
        layer: [
          {
            data: { values: [{ low: 1.875, high: 2.625 }] },
            mark: { type: 'rect', opacity: 0.12 },
            encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
          },
          {
            data: { values: [{ temperature: criticalTemperature }] },
            mark: { type: 'rule', strokeDash: [5, 4] },
            encoding: { x },
          },
          {
            data: { values: points },
            mark: { type: 'rule' },
            encoding: { x, y: { field: 'low', ...y }, y2: { field: 'high' }, color },
          },
          {
            data: { values: points },
            mark: { type: 'line', point: true },
            encoding: { x, y: { field: 'value', ...y }, color },
          },
        ],
      },
    },
  ];
}
