// Square lattices that a study has for itself, in parts named after it: `pca-L20`.
import type { PhasesConfig } from '../config.ts';
import type { LatticeBlock } from '../sampler/simulate-lattices.ts';
import type { StudyLattices } from './study.ts';

/** True for the names of a study's own parts. */
export const isPartOf =
  (study: string) =>
  (part: string): boolean =>
    part.startsWith(`${study}-L`);

/** Lattices of the given blocks, of chains that no other study has. */
export const ownLattices = (
  study: string,
  blocks: readonly LatticeBlock[],
  { sampling: { sweeps } }: PhasesConfig,
): StudyLattices => ({ blocks, sweeps, stream: study, partOf: (name) => `${study}-${name}` });

/** `n` temperatures from `from` to `to`, both among them, in even steps. */
export const evenTemperatures = (from: number, to: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));
