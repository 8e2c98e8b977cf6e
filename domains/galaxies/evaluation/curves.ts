// What the plots of a run are drawn from, as it stands in evaluation.json.
import type { GalaxiesConfig } from '../config.ts';
import { gallery } from '../gallery.ts';
import type { MeasuredGalaxy } from '../parts.ts';
import type { SettingName } from '../setting-names.ts';
import type { SettingMeasures } from './evaluate-setting.ts';
import { bestLinear } from './setting-figures.ts';

/** One galaxy, restored by the network or by the best linear filter. */
export interface GalaxyPoint {
  readonly method: string;
  /** Measured magnitude in r and half-light radius in arcsec, NaN where there is no flux. */
  readonly magnitude: number;
  readonly halfLightRadius: number;
  readonly psnr: number;
  readonly flux: number;
  readonly ellipticity: number;
}

/** PSNR of a method at a candidate of its parameter. */
export interface TuningPoint {
  readonly method: string;
  readonly parameter: number;
  readonly psnr: number;
}

export interface SettingCurves {
  readonly name: SettingName;
  readonly fwhm: number;
  readonly noise: number;
  readonly size: number;
  readonly best: string;
  readonly points: readonly GalaxyPoint[];
  readonly tuning: readonly TuningPoint[];
  /** Names of the gallery's columns, and the gallery as PNG in base64. */
  readonly columns: readonly string[];
  readonly gallery: string;
}

export interface GalaxyCurves {
  readonly settings: readonly SettingCurves[];
}

/** Id of the network among the measures, and its name in the plots. */
const network = 'network';

export async function galaxyCurves(
  { name, tuned, galaxies }: SettingMeasures,
  size: number,
  config: GalaxiesConfig,
): Promise<SettingCurves> {
  const best = bestLinear(tuned);
  const shown = galaxies.flatMap(({ images }) => (images === undefined ? [] : [images]));
  const target = (images: Readonly<Record<string, MeasuredGalaxy['original']>>) =>
    images.truth ?? images.original;
  const columns = [
    'degraded',
    ...(best.id === 'wiener-laplacian' ? [] : ['Wiener']),
    'Richardson-Lucy',
    best.label,
    'network',
    'as recorded',
    ...(shown[0]?.truth ? ['without noise'] : []),
    'network less target',
  ];
  const rows = shown.map((images) => [
    { image: images.degraded },
    ...(best.id === 'wiener-laplacian' ? [] : [{ image: images['wiener-laplacian'] }]),
    { image: images['richardson-lucy'] },
    { image: images[best.id] },
    { image: images.network },
    { image: images.original },
    ...(images.truth ? [{ image: images.truth }] : []),
    { image: images.network, less: target(images) },
  ]);
  return {
    name,
    ...config.settings[name],
    size,
    best: best.label,
    points: galaxies.flatMap(({ methods, magnitude, halfLightRadius }) =>
      [network, best.id].map((id) => ({
        method: id === network ? network : 'best linear filter',
        magnitude,
        halfLightRadius,
        psnr: methods[id].psnr,
        flux: methods[id].flux,
        ellipticity: methods[id].ellipticity,
      })),
    ),
    tuning: tuned.flatMap(({ label, candidates, scores }) =>
      candidates.map((parameter, k) => ({ method: label, parameter, psnr: scores[k] })),
    ),
    columns,
    gallery: Buffer.from(await gallery(rows)).toString('base64'),
  };
}
