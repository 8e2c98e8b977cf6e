// The plots of the principal components against temperature.
import type { Plot } from '../../../domain.ts';
import { criticalTemperature } from '../../exact/onsager.ts';
import type { ComponentPoint } from './analyse.ts';

export interface PcaCurves {
  readonly components: readonly ComponentPoint[];
}

const temperature = {
  field: 'temperature',
  title: 'temperature T  (J / kB)',
  type: 'quantitative',
  scale: { zero: false },
};

function panel(components: readonly ComponentPoint[], title: string): Readonly<Record<string, unknown>> {
  return {
    width: 330,
    height: 260,
    layer: [
      {
        data: { values: [{ temperature: criticalTemperature }] },
        mark: { type: 'rule', strokeDash: [5, 4] },
        encoding: { x: temperature },
      },
      {
        data: { values: components },
        mark: { type: 'line', point: true },
        encoding: {
          x: temperature,
          y: { field: 'value', type: 'quantitative', title },
          color: { field: 'size', type: 'ordinal', title: 'lattice size L' },
        },
      },
    ],
  };
}

export function plots({ components }: PcaCurves): Plot[] {
  const of = (name: string): ComponentPoint[] => components.filter(({ component }) => component === name);
  return [
    {
      id: 'pca',
      title: 'Principal components against temperature',
      caption:
        'Mean absolute value over L of the first component (left), which is the magnetisation, and of the second to fifth (right), the waves of the longest wavelength: they are largest near the transition and mark it without labels. The vertical line is the exact critical temperature.',
      vegaLite: {
        hconcat: [
          panel(of('first'), '<|first component|> / L'),
          panel(of('second to fifth'), '<|second to fifth|> / L'),
        ],
      },
    },
  ];
}
