// The lattices that a run samples for itself: which sizes, temperatures and numbers for each split.
import type { PhasesConfig } from './config.ts';
import { criticalTemperature } from './exact/onsager.ts';
import type { LatticeBlock } from './sampler/simulate-lattices.ts';
import type { StudyLattices } from './studies/study.ts';

/** Beyond this distance from T_c nothing is to be learned, and T would come near 1. */
const widest = 1.25;

/** `n` temperatures, half a step off T_c on either side, within `half` of it. */
function symmetricGrid(half: number, n: number): number[] {
  const step = (2 * half) / n;
  return Array.from({ length: n }, (_, i) => criticalTemperature + (i - n / 2 + 0.5) * step);
}

/** The 40 temperatures of the paper's own data: T_i = 1 + 0.0634592657106510 i, i = 0 ... 40, without i = 20 = T_c. */
export const paperTemperatures = Array.from({ length: 41 }, (_, i) => 1 + 0.063459265710651 * i).filter(
  (_, i) => i !== 20,
);

/** Temperatures on which the networks of a size are trained and their accuracy is measured. */
export function trainingTemperatures(
  size: number,
  { grid, window, temperatures }: PhasesConfig['sampling'],
): number[] {
  return grid === 'paper' ? paperTemperatures : symmetricGrid(Math.min(widest, window / size), temperatures);
}

/** Test temperatures about T_c, on which the crossing is measured: none of them stands in the training grid. */
export function crossingTemperatures(size: number, sampling: PhasesConfig['sampling']): number[] {
  const half = sampling.crossingWindow / size;
  const trained = trainingTemperatures(size, sampling);
  const step = (2 * half) / (sampling.crossingTemperatures - 1);
  return Array.from(
    { length: sampling.crossingTemperatures },
    (_, i) => criticalTemperature - half + i * step,
  ).map((t) => (trained.some((known) => Math.abs(known - t) < 1e-9) ? t + step / 4 : t));
}

/** Those that the networks of the square lattice are trained and measured on. */
export function squareLattices(config: PhasesConfig): StudyLattices {
  const { sampling } = config;
  const blocks = config.sizes.flatMap((size): LatticeBlock[] => [
    ...trainingTemperatures(size, sampling).flatMap((temperature): LatticeBlock[] => [
      { size, temperature, split: 'train', samples: sampling.training * config.training.networks },
      { size, temperature, split: 'validation', samples: sampling.validation * config.training.networks },
      { size, temperature, split: 'test', samples: sampling.test },
    ]),
    ...crossingTemperatures(size, sampling).map(
      (temperature): LatticeBlock => ({ size, temperature, split: 'test', samples: sampling.crossing }),
    ),
  ]);
  return { blocks, sweeps: sampling.sweeps, partOf: (name) => name };
}
