// What is done to a network's answer so that its fluxes are those of the degraded image.
import type { SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import type { DegradedImage } from '../networks/network-inputs.ts';
import { conserveFlux } from './conserve-flux.ts';
import { fitMiddle } from './fit-middle.ts';

export interface FluxOptions {
  /** Width of {@link conserveFlux}, pixels; 0 leaves it out. */
  readonly conserve: number;
  /** Whether a galaxy is known to be in the middle, where its brightness is fitted then: {@link fitMiddle}. */
  readonly centred?: boolean;
}

export function putFluxRight(
  answered: SkyImage,
  degraded: DegradedImage,
  { conserve, centred = false }: FluxOptions,
): SkyImage {
  const conserved = conserve > 0 ? conserveFlux(answered, degraded, conserve) : answered;
  return centred ? fitMiddle(conserved, degraded) : conserved;
}
