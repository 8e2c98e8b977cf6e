// What simulateLattices must know of a model: the shape of its configurations, the temperatures that it takes, and the
// algorithms that draw them.
import type { ChainTask } from '../chain.ts';

/** How long a chain runs; zero where samples are independent without it. */
export interface Schedule {
  /** Sweeps between two samples. */
  readonly sweeps: number;
  /** Sweeps before the first one. */
  readonly equilibration: number;
}

/** One way to draw configurations. */
export interface SamplingAlgorithm {
  /** For the provenance: `Wolff clusters`. */
  readonly title: string;
  /** For the provenance, what a sweep is: `N flipped spins`. */
  readonly sweep: string;
  /** For the provenance, what else is to be known. */
  readonly note: string;
  /** Samples that one chain gives at most; a longer run is shared out over several. */
  readonly samplesPerChain: number;
  schedule(size: number, temperature: number): Schedule;
  /** Flips that a task costs, about: what progress is counted in. */
  flips(task: ChainTask): number;
  /** @returns spins -1 and +1, [samples, N]; depends on the task alone */
  sample(task: ChainTask): Int8Array;
  /** @throws UserError for a size or temperature that the model has and the algorithm cannot do */
  check?(size: number, temperature: number): void;
}

/** A model on a lattice. */
export interface LatticeModel {
  /** For the provenance: `square-lattice Ising ferromagnet, periodic`. */
  readonly title: string;
  /** Shape of one configuration: [L, L] for spins on sites, [L, L, 2] for spins on bonds (right, down). */
  shape(size: number): readonly number[];
  /** @throws UserError for a size or temperature out of range */
  check(size: number, temperature: number): void;
  /** By name; the first is the default. */
  readonly algorithms: Readonly<Record<string, SamplingAlgorithm>>;
}
