// What an optimiser is here: slots made up front, and one update written in tfjs operations, so that it is traced with
// the step. Its rates come in as scalars at every step, which tfjs's own optimisers (numbers baked in) do not allow.
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs-core';

/** Variables by stable names, as they stand in a checkpoint. */
export type NamedVariables = Readonly<Record<string, Variable>>;

/** An optimiser with its slots for given variables. */
export interface BoundOptimizer {
  /** The optimiser's own state, by names that end in the variable's: part of every checkpoint. */
  readonly slots: NamedVariables;
  /** Assigns the updated variables and slots. @param gradients by the same names as the variables */
  apply(gradients: Readonly<Record<string, Tensor>>, rates: Readonly<Record<string, Scalar>>): void;
}

export interface Optimizer {
  readonly name: string;
  /** Rates that a schedule may change, with their values when none does: `learningRate`, `momentum`. */
  readonly rates: Readonly<Record<string, number>>;
  bind(variables: NamedVariables): BoundOptimizer;
}

/** Applies `work` to each variable with its gradient; a variable the loss does not depend on has none. */
export function eachGradient(
  variables: NamedVariables,
  gradients: Readonly<Record<string, Tensor>>,
  work: (name: string, variable: Variable, gradient: Tensor) => void,
): void {
  for (const [name, variable] of Object.entries(variables)) {
    const gradient = gradients[name];
    if (gradient !== undefined && gradient !== null) work(name, variable, gradient);
  }
}
