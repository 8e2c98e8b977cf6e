// The plots of a run: galleries first, since a restoration is judged by the eye too, then what the galleries cannot show.
import { median } from '../../core/metrics/median.ts';
import type { Evaluation, Plot } from '../domain.ts';
import type { GalaxyCurves, GalaxyPoint, SettingCurves } from './evaluation/curves.ts';

const title = ({ fwhm, noise }: SettingCurves): string => `blur of ${fwhm}", noise of ${noise} sigma`;

const galleryPlot = (setting: SettingCurves): Plot => ({
  id: `gallery-${setting.name}`,
  title: `Restored galaxies, ${title(setting)}`,
  caption: `From left to right: ${setting.columns.join(', ')}; ${setting.size} x ${setting.size} px each, test galaxies in no particular order. The last column is grey where the network is right, bright where it has too much light, dark where it has too little.`,
  png: new Uint8Array(Buffer.from(setting.gallery, 'base64')),
});

const methodColour = { field: 'method', type: 'nominal', title: null };

/** What is drawn against magnitude and size. */
interface Trend {
  readonly id: string;
  readonly field: 'flux' | 'ellipticity';
  readonly title: string;
  readonly caption: string;
  readonly axis: string;
  /** Range that is drawn: a few faint galaxies fall outside. */
  readonly range: readonly [number, number];
}

const trends: readonly Trend[] = [
  {
    id: 'flux',
    field: 'flux',
    title: 'Fluxes that are kept',
    caption: 'Flux within the galaxy, in r, over the true one: 1 where nothing is lost.',
    axis: 'flux / true flux',
    range: [0.7, 1.3],
  },
  {
    id: 'ellipticity',
    field: 'ellipticity',
    title: 'Errors of the shapes',
    caption:
      'Distance of the ellipticity, in r, from the true one: 0 where the shape is right; galaxies whose shape could not be measured are left out.',
    axis: 'error of the ellipticity',
    range: [0, 0.5],
  },
];

const properties = [
  ['magnitude', 'magnitude in r', { zero: false }],
  ['halfLightRadius', 'half-light radius / arcsec', { type: 'log', nice: false }],
] as const;
type Property = (typeof properties)[number][0];

/** The galaxies of which a property and a measure are known: JSON has null for NaN. */
const known = ({ points }: SettingCurves, { field }: Trend, property: Property): GalaxyPoint[] =>
  points.filter((point) => Number.isFinite(point[field]) && Number.isFinite(point[property]));

function trendPlot(setting: SettingCurves, trend: Trend): Plot[] {
  if (properties.some(([property]) => known(setting, trend, property).length === 0)) return [];
  return [
    {
      id: `${trend.id}-${setting.name}`,
      title: `${trend.title}, ${title(setting)}`,
      caption: `${trend.caption} By magnitude and by size as they are recorded, seeing and all. The best linear filter is ${setting.best}. Lines are medians of a fifth of the galaxies each.`,
      vegaLite: {
        hconcat: properties.map(([property, label, scale]) => ({
          width: 280,
          height: 200,
          layer: [
            {
              data: { values: known(setting, trend, property) },
              mark: { type: 'point', size: 12, opacity: 0.45, clip: true },
              encoding: {
                x: { field: property, type: 'quantitative', title: label, scale },
                y: {
                  field: trend.field,
                  type: 'quantitative',
                  title: trend.axis,
                  scale: { domain: trend.range },
                },
                color: methodColour,
              },
            },
            {
              data: { values: binned(known(setting, trend, property), trend, property) },
              mark: { type: 'line', clip: true },
              encoding: {
                x: { field: property, type: 'quantitative', scale },
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

/** Medians of a measure over fifths of the galaxies in order of a property. */
function binned(points: readonly GalaxyPoint[], { field }: Trend, property: Property) {
  return [...new Set(points.map(({ method }) => method))].flatMap((method) => {
    const own = points.filter((point) => point.method === method).sort((a, b) => a[property] - b[property]);
    const size = Math.ceil(own.length / groups);
    return Array.from({ length: Math.ceil(own.length / size) }, (_, i) => {
      const group = own.slice(i * size, (i + 1) * size);
      return {
        method,
        [property]: median(group.map((point) => point[property])),
        median: median(group.map((point) => point[field])),
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
    ...trends.flatMap((trend) => trendPlot(setting, trend)),
    tuningPlot(setting),
  ]);
}
