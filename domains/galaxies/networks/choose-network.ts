// Which network of a run restores an image, and what it is shown of it: the one that knows all settings, or the one of the nearest
// setting where each has its own.
import { sdssPixelScale } from '../../../data-adapters/galaxies/sky-image.ts';
import type { GalaxiesConfig } from '../config.ts';
import { type SettingName, settingNames } from '../setting-names.ts';
import { surveyNoise } from '../units.ts';
import { degradedInput, pix2pixId, restorationId } from './names.ts';
import { type DegradedImage, type NetworkRow, networkRow } from './network-inputs.ts';

/** A network and how it is used. */
export interface ChosenNetwork {
  readonly id: string;
  /** Side of its images, pixels. */
  readonly tile: number;
  /** What it is shown. */
  readonly row: (degraded: DegradedImage) => NetworkRow;
}

/** The network for images that were spoiled by a setting. */
export const networkFor = (
  { network, images }: Pick<GalaxiesConfig, 'network' | 'images'>,
  setting: SettingName,
): ChosenNetwork =>
  network.kind === 'restoration'
    ? { id: restorationId, tile: network.tile, row: networkRow }
    : {
        id: pix2pixId(setting),
        tile: images.size,
        row: ({ image }) => ({ [degradedInput]: image.data }),
      };

/** Blur in pixels and noise in nanomaggies per pixel of a setting, on images of the survey. */
const inPixels = ({ fwhm, noise }: GalaxiesConfig['settings'][SettingName]) => ({
  seeing: fwhm / sdssPixelScale,
  noise: noise * surveyNoise,
});

/** The setting nearest to an image in the logarithms of blur and noise. */
export function nearestSetting(
  { settings }: Pick<GalaxiesConfig, 'settings'>,
  { seeing, noise }: Pick<DegradedImage, 'seeing' | 'noise'>,
): SettingName {
  const level = noise.reduce((sum, sigma) => sum + Math.log(sigma), 0) / noise.length;
  const distance = (name: SettingName): number => {
    const known = inPixels(settings[name]);
    return Math.hypot(Math.log(seeing / known.seeing), level - Math.log(known.noise));
  };
  return settingNames.reduce((a, b) => (distance(b) < distance(a) ? b : a));
}

/** From what to what blur and noise the networks of a run were trained: for those of settings, between the settings. */
export function trainedRange({
  network,
  degradation,
  settings,
}: Pick<GalaxiesConfig, 'network' | 'degradation' | 'settings'>): GalaxiesConfig['degradation'] {
  if (network.kind === 'restoration') return degradation;
  const all = settingNames.map((name) => settings[name]);
  const span = (values: number[]): [number, number] => [Math.min(...values), Math.max(...values)];
  return {
    ...degradation,
    fwhm: span(all.map(({ fwhm }) => fwhm)),
    noise: span(all.map((setting) => inPixels(setting).noise)),
  };
}

const digits = (value: number): string => value.toPrecision(3);

/** What to know of a file's answer: networks of one setting know no other. Nothing to say of those that know all. */
export function settingWarnings(
  { network, settings }: Pick<GalaxiesConfig, 'network' | 'settings'>,
  setting: SettingName,
): string[] {
  if (network.kind === 'restoration') return [];
  const { fwhm } = settings[setting];
  const { noise } = inPixels(settings[setting]);
  return [
    `restored by ${pix2pixId(setting)}, which knows a blur of ${fwhm}" and noise of ${digits(noise)} nanomaggies alone: of another image it makes a galaxy that may not be there`,
  ];
}
