// A study: one question of the paper with the lattices, networks and figures that answer it. A run makes several, and the
// report has them one after another.
import type { Parts } from '../../../data-adapters/dataset.ts';
import type { EvaluateContext, Evaluation, Plot, StageContext, TrainContext } from '../../domain.ts';
import type { PhasesConfig } from '../config.ts';

export interface Study {
  /** As it stands in the setting `studies`. */
  readonly name: string;
  /** True for the names of its parts; no two studies share one. */
  ownsPart(part: string): boolean;
  /** Lattices for every split. */
  simulate(context: StageContext<PhasesConfig>): Promise<Parts>;
  /** Trains and saves its networks, with ids that no other study has; skips those that `hasModel` knows. */
  train(parts: Parts, context: TrainContext<PhasesConfig>): Promise<void>;
  /** Its figures, and curves for `figures`. It may use networks of other studies. */
  evaluate(parts: Parts, context: EvaluateContext<PhasesConfig>): Promise<Evaluation>;
  figures(curves: Evaluation['curves']): Promise<Plot[]>;
}
