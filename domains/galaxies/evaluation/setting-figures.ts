// The figures of one setting, each with its interval over galaxies, beside those of the classical methods on the same galaxies.
import { bootstrapInterval } from '../../../core/metrics/bootstrap.ts';
import { median } from '../../../core/metrics/median.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { Estimate, Figure } from '../../domain.ts';
import type { GalaxiesConfig } from '../config.ts';
import type { SettingMeasures } from './evaluate-setting.ts';
import { apertureReach, knownShape, type Measured } from './measure-galaxy.ts';
import { linearMethods, paperIterations, paperRichardsonLucy, type Tuned } from './methods.ts';
import { thirdsBySize } from './thirds-by-size.ts';

const level = 0.95;

/** What the paper's networks reach at the severe setting, on images of 256 px. */
const paperSevere = { value: 37.2 };

export interface FigureOptions {
  readonly config: GalaxiesConfig;
  readonly size: number;
  readonly random: RandomStream;
}

const isKnown = ({ value }: Estimate): boolean => Number.isFinite(value);

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

type Statistic = (values: readonly number[]) => number;

/** The best of the linear filters on the validation galaxies. */
export function bestLinear(tuned: readonly Tuned[]): Tuned {
  const ids = linearMethods([]).map(({ id }) => id);
  const linear = tuned.filter(({ id }) => ids.includes(id));
  const best = ({ scores }: Tuned): number => Math.max(...scores);
  return linear.reduce((a, b) => (best(b) > best(a) ? b : a));
}

const parameterText = ({ id, parameter }: Tuned): string =>
  id === 'gaussian-smoothing'
    ? `${parameter} px`
    : id === 'richardson-lucy'
      ? `${parameter}`
      : parameter.toPrecision(2);

export function settingFigures(
  { name, tuned, galaxies }: SettingMeasures,
  { config, size, random }: FigureOptions,
): Figure[] {
  const { fwhm, noise } = config.settings[name];
  const at = `${fwhm}", ${noise} sigma`;
  const best = bestLinear(tuned);

  /** Interval of a statistic of one number of each galaxy. */
  const interval = (label: string, values: readonly number[], statistic: Statistic = mean) => {
    const known = values.filter(Number.isFinite);
    if (known.length === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN };
    return bootstrapInterval(known.length, (units) => statistic(Array.from(units, (u) => known[u])), {
      random: random.split(label),
      replicates: config.bootstrap,
      level,
    });
  };
  const values = (id: string, measure: keyof Measured, of = galaxies): number[] =>
    of.map(({ methods }) => methods[id][measure]);
  const has = (id: string): boolean => galaxies[0].methods[id] !== undefined;
  const known = has('perfect');

  const lines = [
    ...tuned.map((method) => ({
      id: method.id,
      label: `${method.label} (${parameterText(method)})${method.id === best.id ? ', best linear' : ''}`,
    })),
    { id: paperRichardsonLucy, label: `Richardson-Lucy, ${paperIterations} iterations` },
    { id: 'degraded', label: 'as it came' },
  ];
  const few = lines.filter(({ id }) => [best.id, 'richardson-lucy', 'degraded'].includes(id));
  const alone =
    config.conserveFlux > 0 || config.centred
      ? [{ id: 'raw', label: 'the network alone, flux not put right' }]
      : [];
  const perfect = { id: 'perfect', label: 'the image without noise (a perfect restoration)' };
  const figure = (
    id: string,
    label: string,
    measure: keyof Measured,
    options: {
      readonly statistic?: Statistic;
      readonly baselines?: readonly { readonly id: string; readonly label: string }[];
      readonly more?: Partial<Figure>;
    } = {},
  ): Figure => ({
    id: `${id}-${name}`,
    label: `${label}, ${at}`,
    level,
    n: galaxies.length,
    ...interval(`${id}-${name}`, values('network', measure), options.statistic),
    baselines: (options.baselines ?? [])
      .map((line) => ({
        ...line,
        ...interval(`${id}-${name}-${line.id}`, values(line.id, measure), options.statistic),
      }))
      .filter(isKnown),
    ...options.more,
  });
  const gain = (id: string, label: string, measure: keyof Measured): Figure => {
    const other = values(best.id, measure);
    return {
      id: `${id}-${name}`,
      label: `${label}, ${at}`,
      level,
      unit: 'dB',
      n: galaxies.length,
      ...interval(
        `${id}-${name}`,
        values('network', measure).map((value, i) => value - other[i]),
      ),
    };
  };

  const psnr: Figure = figure('psnr', `PSNR, ${size} px`, 'psnr', {
    baselines: [...alone, ...lines, ...(known ? [perfect] : [])],
    more: {
      unit: 'dB',
      ...(name === 'severe' && fwhm === 2.5 && noise === 10 ? { paper: paperSevere } : {}),
      note: `Of images stretched and clipped as in the paper, against the image as recorded with its own noise, on ${size} x ${size} px. ${
        name === 'severe'
          ? "The paper's value is of other galaxies averaged down to 256 px, which halves the noise of the target: the two are not to be compared, the distance to the best linear filter is."
          : 'The target is noisy itself: more than the perfect restoration cannot be had.'
      }${config.draws > 1 ? ` Each galaxy counts with its means over ${config.draws} draws of the noise.` : ''}`,
    },
  });
  const bySize = thirdsBySize(galaxies).map(({ id: third, members, words }): Figure => {
    const id = `flux-ratio-${third}-${name}`;
    return {
      id,
      label: `flux in r over the true one, median of the ${words}, ${at}`,
      level,
      n: members.length,
      ...interval(id, values('network', 'flux', members), median),
      baselines: [lines[tuned.indexOf(best)]].map((line) => ({
        ...line,
        ...interval(`${id}-${line.id}`, values(line.id, 'flux', members), median),
      })),
    };
  });
  const covered = galaxies.flatMap(({ coverage: own }) => own ?? []);
  const coverage: Figure[] =
    covered.length === 0
      ? []
      : [
          {
            id: `coverage-${name}`,
            label: `pixels within one deviation, ${at}`,
            level,
            n: galaxies.length,
            ...interval(`coverage-${name}`, covered),
            note: known
              ? 'Share of the pixels whose true flux is within one standard deviation, as the network gives it, of the restored one: .683 for a deviation that is right.'
              : 'The target has noise of its own, which the deviation is not of: less than .683 is to be expected.',
          },
        ];
  // Shapes of galaxies that are all noise cannot be measured, by the network or by others.
  const figures: Figure[] = [
    psnr,
    gain('gain', 'network less best linear filter, PSNR', 'psnr'),
    ...(known
      ? [
          figure('psnr-truth', 'PSNR against the galaxy without noise', 'truth', {
            baselines: lines,
            more: { unit: 'dB' },
          }),
          gain('gain-truth', 'network less best linear filter, without noise', 'truth'),
        ]
      : []),
    figure('psnr-galaxy', 'PSNR within the galaxy', 'galaxy', { baselines: few, more: { unit: 'dB' } }),
    gain('gain-galaxy', 'network less best linear filter, within the galaxy', 'galaxy'),
    figure('ssim', 'structural similarity', 'ssim', { baselines: known ? [...few, perfect] : few }),
    figure('flux-ratio', 'flux in r over the true one, median', 'flux', {
      statistic: median,
      baselines: [
        ...alone,
        lines[tuned.indexOf(best)],
        { id: knownShape, label: 'the true shape, its brightness fitted (as well as it can be known)' },
      ],
      more: known
        ? {}
        : {
            note: `Against the flux of the image as recorded, up to ${apertureReach} pixels beyond the mask, whose rim follows the noise.`,
          },
    }),
    ...bySize,
    figure('ellipticity-error', 'error of the ellipticity in r, median', 'ellipticity', {
      statistic: median,
      baselines: few,
    }),
    ...coverage,
  ];
  return figures.filter(isKnown);
}
