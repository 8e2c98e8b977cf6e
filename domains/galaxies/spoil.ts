// A galaxy as it is shown to everything that restores: blurred and made noisy by one of the settings.
import type { RandomStream } from '../../core/random.ts';
import type { Observation } from './baselines/restoration.ts';
import type { GalaxiesConfig } from './config.ts';
import { degrade, noiseGain, skySigma } from './degrade.ts';
import type { DegradedImage } from './networks/network-inputs.ts';
import type { MeasuredGalaxy } from './parts.ts';
import { psfWidth } from './psf/psf-width.ts';
import type { SettingName } from './setting-names.ts';
import { noiseOf } from './units.ts';

export interface Spoiled extends DegradedImage {
  /** Standard deviation of the sky before, nanomaggies per pixel: one sigma of the paper's noise. */
  readonly sky: number;
}

/**
 * Blurs and adds noise as the paper does. The noise that everything is told is what was added and what the blur left of the survey's,
 * measured between neighbours; the paper's own measure takes faint light for noise. The planes of a grey galaxy get the same
 * noise, being one image.
 */
export function spoil(
  { original, psf, grey }: MeasuredGalaxy,
  setting: GalaxiesConfig['settings'][SettingName],
  mode: GalaxiesConfig['degradation']['mode'],
  random: RandomStream,
): Spoiled {
  const { fwhm, noise } = setting;
  const noiseMode = grey ? 'shared' : mode;
  const skies = noiseOf(original);
  // A galaxy that fills its image leaves no sky for the paper's measure.
  const known = Number.isNaN(skySigma(original.data)) ? { sky: skies } : {};
  const blur = psf === undefined ? { fwhm } : { psf };
  const degraded = degrade(original, { ...blur, noise, noiseMode, ...known }, random);
  return {
    image: degraded.image,
    psf: degraded.psf,
    seeing: psf === undefined ? fwhm / original.pixelScale : psfWidth(psf),
    noise: skies.map((sky) => Math.hypot(degraded.added, sky * noiseGain(degraded.psf))),
    sky: degraded.sky,
  };
}

/** The same for the classical methods. */
export const observationOf = ({ image, psf, noise }: DegradedImage): Observation => ({
  image,
  psf,
  noiseSigma: noise,
});
