// Lattices of bonds at T = 0 and at infinite temperature, in equal numbers, as the paper has them for square ice and for the
// gauge theory.
import { splitNames } from '../../../../data-adapters/dataset.ts';
import type { LatticeBlock } from '../../sampler/simulate-lattices.ts';
import type { StudyLattices } from '../study.ts';

export interface BondLattices {
  readonly size: number;
  /** Lattices at each of the two temperatures for each network, which has its own. */
  readonly training: number;
  readonly validation: number;
  readonly test: number;
  readonly networks: number;
}

/** One part, named as the model: `temperature` is 0 or Infinity, `spins` [L, L, 2]. */
export function bondLattices(
  model: 'square-ice' | 'gauge',
  { size, training, validation, test, networks }: BondLattices,
): StudyLattices {
  const samples = { train: training * networks, validation, test };
  const blocks = splitNames.flatMap((split) =>
    [0, Number.POSITIVE_INFINITY].map(
      (temperature): LatticeBlock => ({ size, temperature, split, samples: samples[split] }),
    ),
  );
  return { model, blocks, stream: model, partOf: () => model };
}
