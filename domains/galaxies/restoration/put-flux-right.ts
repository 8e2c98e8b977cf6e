// What is done to a network's answer so that its fluxes are those of the degraded image.
import type { DegradedImage } from '../networks/network-inputs.ts';
import { conserveFlux } from './conserve-flux.ts';
import { fitMiddle } from './fit-middle.ts';
import type { Restored } from './restored.ts';

export interface FluxOptions {
  /** Width of {@link conserveFlux}, pixels; 0 leaves it out. */
  readonly conserve: number;
  /** Whether a galaxy is known to be in the middle, where its brightness is fitted then: {@link fitMiddle}. */
  readonly centred?: boolean;
}

export function putFluxRight(
  answered: Restored,
  degraded: DegradedImage,
  { conserve, centred = false }: FluxOptions,
): Restored {
  const conserved =
    conserve > 0 ? { ...answered, restored: conserveFlux(answered.restored, degraded, conserve) } : answered;
  return centred ? fitMiddle(conserved, degraded) : conserved;
}
