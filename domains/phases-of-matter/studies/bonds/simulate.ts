// Lattices of bonds at T = 0 and at infinite temperature, in equal numbers, as the paper has them for square ice and for the
// gauge theory.
import type { Dataset } from '../../../../data-adapters/dataset.ts';
import { splitNames } from '../../../../data-adapters/dataset.ts';
import type { StageContext } from '../../../domain.ts';
import type { PhasesConfig } from '../../config.ts';
import { type LatticeBlock, partName, simulateLattices } from '../../sampler/simulate-lattices.ts';

export interface BondLattices {
  readonly size: number;
  /** Lattices at each of the two temperatures for each network, which has its own. */
  readonly training: number;
  readonly validation: number;
  readonly test: number;
  readonly networks: number;
}

/** `temperature` is 0 or Infinity, `spins` [L, L, 2]. */
export async function simulateBonds(
  model: 'square-ice' | 'gauge',
  { size, training, validation, test, networks }: BondLattices,
  { random, seed, threads, progress, signal }: StageContext<PhasesConfig>,
): Promise<Dataset> {
  const samples = { train: training * networks, validation, test };
  const blocks = splitNames.flatMap((split) =>
    [0, Number.POSITIVE_INFINITY].map(
      (temperature): LatticeBlock => ({ size, temperature, split, samples: samples[split] }),
    ),
  );
  const options = { model, random: random.split(model), seed, threads, progress, signal };
  const { [partName(size)]: dataset } = await simulateLattices(blocks, options);
  return dataset;
}
