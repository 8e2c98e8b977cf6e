// A network's weights by names that stay the same from process to process: layer and weight, without tfjs's counters.
import { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NamedVariables } from '../training/optimizers/optimizer.ts';

type LayerVariables = LayersModel['weights'];

function named(weights: LayerVariables): NamedVariables {
  const result: Record<string, Variable> = {};
  for (const weight of weights) {
    const value = weight.read();
    if (!(value instanceof Variable))
      throw new Error(`weight ${weight.originalName} is not held in a variable`);
    if (weight.originalName in result) {
      throw new RangeError(
        `two weights are called ${weight.originalName}: give every layer of the network a name of its own`,
      );
    }
    result[weight.originalName] = value;
  }
  return result;
}

/** All weights of a network, `layer/kernel` to variable. @throws RangeError when two layers share a name */
export const namedWeights = (model: LayersModel): NamedVariables => named(model.weights);

/** The weights that training changes. */
export const trainableWeights = (model: LayersModel): NamedVariables => named(model.trainableWeights);
