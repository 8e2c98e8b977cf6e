// Square lattices that a study samples for itself, in parts named after it: `pca-L20`.
import type { Parts } from '../../../data-adapters/dataset.ts';
import type { StageContext } from '../../domain.ts';
import type { PhasesConfig } from '../config.ts';
import { type LatticeBlock, simulateLattices } from '../sampler/simulate-lattices.ts';

/** True for the names of a study's own parts. */
export const isPartOf =
  (study: string) =>
  (part: string): boolean =>
    part.startsWith(`${study}-L`);

/** Lattices of the given blocks, of chains that no other study has. */
export async function simulateOwn(
  study: string,
  blocks: readonly LatticeBlock[],
  { config, random, seed, threads, progress, signal }: StageContext<PhasesConfig>,
): Promise<Parts> {
  const { sweeps } = config.sampling;
  const stream = random.split(study);
  const parts = await simulateLattices(blocks, { random: stream, seed, threads, progress, signal, sweeps });
  return Object.fromEntries(Object.entries(parts).map(([name, dataset]) => [`${study}-${name}`, dataset]));
}

/** `n` temperatures from `from` to `to`, both among them, in even steps. */
export const evenTemperatures = (from: number, to: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));
