// A study: one question of the paper with the lattices, networks and figures that answer it. A run makes several, and the
// report has them one after another.
import type { Parts } from '../../../data-adapters/dataset.ts';
import type { EvaluateContext, Evaluation, Plot, TrainContext } from '../../domain.ts';
import type { PhasesConfig } from '../config.ts';
import type { LatticeBlock } from '../sampler/simulate-lattices.ts';

/** What is sampled for a study. */
export interface StudyLattices {
  readonly blocks: readonly LatticeBlock[];
  /** As for `simulateLattices`, as the next. */
  readonly model?: string;
  readonly sweeps?: number;
  /** Name of its stream under the run's, so that it shares no chain with another study; the run's own without. */
  readonly stream?: string;
  /** Name of the part for lattices of one size. @param name that which `simulateLattices` gives it: `L20` */
  partOf(name: string): string;
}

export interface Study {
  /** As it stands in the setting `studies`. */
  readonly name: string;
  /** True for the names of its parts; no two studies share one. */
  ownsPart(part: string): boolean;
  /** Lattices for every split. */
  lattices(config: PhasesConfig): StudyLattices;
  /** Trains and saves its networks, with ids that no other study has; skips those that `hasModel` knows. */
  train(parts: Parts, context: TrainContext<PhasesConfig>): Promise<void>;
  /** Its figures, and curves for `figures`. It may use networks of other studies. */
  evaluate(parts: Parts, context: EvaluateContext<PhasesConfig>): Promise<Evaluation>;
  figures(curves: Evaluation['curves']): Promise<Plot[]>;
}
