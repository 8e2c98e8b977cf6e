// The plots of a run: galleries first, since a restoration is judged by the eye too, then what the galleries cannot show.
import { median } from '../../core/metrics/median.ts';
import type { Evaluation, Plot } from '../domain.ts';
import type { GalaxyCurves, SettingCurves } from './evaluation/curves.ts';

const title = ({ fwhm, noise }: SettingCurves): string => `blur of ${fwhm}", noise of ${noise} sigma`;

const galleryPlot = (setting: SettingCurves): Plot => ({
  id: `gallery-${setting.name}`,
  title: `Restored galaxies, ${title(setting)}`,
  caption: `From left to right: ${setting.columns.join(', ')}; ${setting.size} x ${setting.size} px each, test galaxies in no particular order. The last column is grey where the network is right, bright where it has too much light, dark where it has too little.`,
  png: new Uint8Array(Buffer.from(setting.gallery, 'base64')),
});

const methodColour = { field: 'method', type: 'nominal', title: null };

/** Widest range of flux ratios that is drawn: a few faint galaxies fall outside. */
const fluxRange = [0.7, 1.3];

function fluxPlot(setting: SettingCurves): Plot[] {
  if (setting.points.every(({ magnitude }) => magnitude === undefined)) return [];
  const axes = [
    ['magnitude', 'magnitude in r', { zero: false }],
    ['halfLightRadius', 'half-light radius / arcsec', { type: 'log' }],
  ] as const;
  return [
    {
      id: `flux-${setting.name}`,
      title: `Fluxes that are kept, ${title(setting)}`,
      caption: `Flux within the galaxy, in r, over the true one, by magnitude and by size: 1 where nothing is lost. The best linear filter is ${setting.best}. Lines are medians of a fifth of the galaxies each.`,
      vegaLite: {
        hconcat: axes.map(([field, label, scale]) => ({
          width: 280,
          height: 200,
          layer: [
            {
              data: { values: setting.points.filter(({ flux }) => Number.isFinite(flux)) },
              mark: { type: 'point', size: 12, opacity: 0.45, clip: true },
              encoding: {
                x: { field, type: 'quantitative', title: label, scale },
                y: {
                  field: 'flux',
                  type: 'quantitative',
                  title: 'flux / true flux',
                  scale: { domain: fluxRange },
                },
                color: methodColour,
              },
            },
            {
              data: { values: binned(setting, field) },
              mark: { type: 'line', clip: true },
              encoding: {
                x: { field, type: 'quantitative', scale },
                y: { field: 'median', type: 'quantitative' },
                color: methodColour,
              },
            },
          ],
        })),
      },
    },
  ];
}

const groups = 5;

/** Medians of the flux ratio over fifths of the galaxies in order of a number of the catalogue. */
function binned({ points }: SettingCurves, field: 'magnitude' | 'halfLightRadius') {
  return [...new Set(points.map(({ method }) => method))].flatMap((method) => {
    const own = points
      .filter((point) => point.method === method && Number.isFinite(point.flux))
      .sort((a, b) => (a[field] ?? 0) - (b[field] ?? 0));
    const size = Math.ceil(own.length / groups);
    return Array.from({ length: Math.ceil(own.length / size) }, (_, i) => {
      const group = own.slice(i * size, (i + 1) * size);
      return {
        method,
        [field]: median(group.map((point) => point[field] ?? 0)),
        median: median(group.map(({ flux }) => flux)),
      };
    });
  });
}

const psnrPlot = (setting: SettingCurves): Plot => {
  const pairs = setting.points.filter(({ method }) => method === 'network');
  const others = setting.points.filter(({ method }) => method !== 'network');
  const values = pairs.map(({ psnr }, i) => ({ network: psnr, linear: others[i].psnr }));
  const all = values.flatMap(({ network, linear }) => [network, linear]);
  const ends = [Math.min(...all), Math.max(...all)];
  return {
    id: `psnr-${setting.name}`,
    title: `Galaxy by galaxy, ${title(setting)}`,
    caption: `PSNR of the network against that of the best linear filter (${setting.best}) on the same galaxy: above the line the network is better.`,
    vegaLite: {
      width: 300,
      height: 300,
      layer: [
        {
          data: { values: ends.map((end) => ({ x: end, y: end })) },
          mark: { type: 'line', strokeDash: [4, 4], color: '#888888' },
          encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
        },
        {
          data: { values },
          mark: { type: 'point', size: 25 },
          encoding: {
            x: {
              field: 'linear',
              type: 'quantitative',
              title: 'best linear filter / dB',
              scale: { zero: false },
            },
            y: { field: 'network', type: 'quantitative', title: 'network / dB', scale: { zero: false } },
          },
        },
      ],
    },
  };
};

/** What the tuning of each classical method looked like; the parameter of each on an axis of its own. */
const tuningPlot = (setting: SettingCurves): Plot => ({
  id: `tuning-${setting.name}`,
  title: `What tuning is worth, ${title(setting)}`,
  caption:
    'PSNR of each classical method on the validation galaxies against its parameter: the standard deviation of a Gaussian in pixels, the noise-to-signal ratio or weight of a Wiener filter, the iterations of Richardson and Lucy. Each stands beside the network with the best of them.',
  vegaLite: {
    hconcat: [...new Set(setting.tuning.map(({ method }) => method))].map((method, i) => {
      const values = setting.tuning.filter((point) => point.method === method);
      const wide = Math.max(...values.map(({ parameter }) => parameter)) >= 100;
      return {
        title: { text: method.split(', '), fontSize: 10 },
        width: 120,
        height: 160,
        data: { values },
        mark: { type: 'line', point: { size: 15 } },
        encoding: {
          x: {
            field: 'parameter',
            type: 'quantitative',
            title: 'parameter',
            scale: { type: wide ? 'log' : 'linear' },
            axis: { tickCount: 3 },
          },
          y: {
            field: 'psnr',
            type: 'quantitative',
            title: i === 0 ? 'PSNR / dB' : null,
            scale: { zero: false },
          },
        },
      };
    }),
  },
});

export async function figures({ curves }: Evaluation): Promise<Plot[]> {
  const { settings } = curves as unknown as GalaxyCurves;
  return settings.flatMap((setting) => [
    galleryPlot(setting),
    psnrPlot(setting),
    ...fluxPlot(setting),
    tuningPlot(setting),
  ]);
}
