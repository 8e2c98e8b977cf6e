// One step of training as a step of the engine: loss, gradients by tfjs's tape, the optimiser's update.
import { type Scalar, variableGrads } from '@tensorflow/tfjs-core';
import type { Step } from '../engine/program.ts';
import type { Objective } from './objective.ts';
import type { BoundOptimizer, NamedVariables } from './optimizers/optimizer.ts';

/**
 * Minimises an objective.
 *
 * @param objective read with `training` true
 * @param trainable the variables that are changed
 * @param optimizer bound to those variables
 * @returns step that takes the objective's inputs and the optimiser's rates, and answers `loss`
 */
export const trainingStep =
  (objective: Objective, trainable: NamedVariables, optimizer: BoundOptimizer): Step =>
  (inputs) => {
    const { value, grads } = variableGrads(() => objective(inputs, true).loss, Object.values(trainable));
    const gradients = Object.fromEntries(
      Object.entries(trainable).map(([name, variable]) => [name, grads[variable.name]]),
    );
    optimizer.apply(gradients, inputs as Record<string, Scalar>);
    return { loss: value };
  };
