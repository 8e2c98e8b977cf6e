// The PSF of a blur that somebody names: the Gaussian of the paper, which has to fit into the image.
import { UserError } from '../../../core/errors.ts';
import type { SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import type { Psf } from '../psf/psf.ts';
import { paperSigma, sampledGaussianPsf, sampledWidth } from '../psf/sampled-gaussian.ts';

export interface BlurWords {
  /** The blur as the user knows it: `the blur of 2.1"`. */
  readonly blur: string;
  readonly where: string;
  readonly how: string;
}

/**
 * @param seeing full width at half maximum, pixels
 * @throws UserError when the blur is wider than the image
 */
export function blurToUndo(
  seeing: number,
  { width, height }: Pick<SkyImage, 'width' | 'height'>,
  { blur, ...rest }: BlurWords,
): Psf {
  const sigma = paperSigma(seeing, 1);
  if (sampledWidth(sigma) <= Math.min(width, height)) return sampledGaussianPsf(sigma);
  throw new UserError({ what: `${blur} is wider than the image of ${width} x ${height} px`, ...rest });
}
