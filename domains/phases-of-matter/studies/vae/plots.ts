// What the autoencoder's latent variable is, and how well it rebuilds lattices of each temperature.
import type { Plot } from '../../../domain.ts';
import { criticalTemperature } from '../../exact/onsager.ts';
import type { TemperatureMean } from '../temperature-means.ts';

export interface VaeCurves {
  /** None for an ensemble, whose networks have latent variables of their own. */
  readonly lattices: readonly {
    readonly temperature: number;
    readonly magnetisation: number;
    readonly latent: number;
  }[];
  readonly losses: readonly (TemperatureMean & { readonly source: string })[];
}

export function plots({ lattices, losses }: VaeCurves): Plot[] {
  const x = {
    field: 'temperature',
    type: 'quantitative',
    title: 'temperature T  (J / kB)',
    scale: { zero: false },
  };
  const latent: Plot[] = [
    {
      id: 'vae-latent',
      title: 'The latent variable of an autoencoder',
      caption:
        'Mean of the latent variable against magnetisation, a point for each test lattice, coloured by temperature. No label was shown; that the variable grows with the magnetisation, or falls, is all that it has learned.',
      vegaLite: {
        data: { values: lattices },
        mark: { type: 'circle', size: 14, opacity: 0.6 },
        encoding: {
          x: { field: 'magnetisation', type: 'quantitative', title: 'magnetisation m' },
          y: { field: 'latent', type: 'quantitative', title: 'latent variable' },
          color: { field: 'temperature', type: 'quantitative', title: 'T  (J / kB)' },
        },
      },
    },
  ];
  return [
    ...(lattices.length > 0 ? latent : []),
    {
      id: 'vae-reconstruction',
      title: 'How well an autoencoder rebuilds lattices',
      caption:
        'Reconstruction loss over temperature, beside what a lattice costs of which the magnetisation alone is known. It rises most steeply at the transition; the dashed line is the exact critical temperature.',
      vegaLite: {
        layer: [
          {
            data: { values: [{ temperature: criticalTemperature }] },
            mark: { type: 'rule', strokeDash: [5, 4] },
            encoding: { x },
          },
          {
            data: { values: losses },
            mark: { type: 'line', point: true },
            encoding: {
              x,
              y: { field: 'mean', type: 'quantitative', title: 'loss  (nats per spin)' },
              color: { field: 'source', type: 'nominal', title: null, sort: ['autoencoder', 'm alone'] },
            },
          },
        ],
      },
    },
  ];
}
