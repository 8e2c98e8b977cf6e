// The models that can be sampled, by name.
import { UserError } from '../../../../core/errors.ts';
import { criticalTemperature } from '../../exact/onsager.ts';
import { triangularCriticalTemperature } from '../../exact/triangular.ts';
import { squareLattice } from '../lattices/square.ts';
import { triangularLattice } from '../lattices/triangular.ts';
import { gaugeTheory } from './gauge-theory.ts';
import { isingModel } from './ising-algorithms.ts';
import type { LatticeModel, SamplingAlgorithm } from './model.ts';
import { squareIce } from './square-ice.ts';

const models: Readonly<Record<string, LatticeModel>> = {
  'square-ising': isingModel(
    'square-lattice Ising ferromagnet, periodic',
    squareLattice,
    2,
    criticalTemperature,
  ),
  'triangular-ising': isingModel(
    'triangular-lattice Ising ferromagnet, periodic',
    triangularLattice,
    3,
    triangularCriticalTemperature,
  ),
  'square-ice': squareIce,
  gauge: gaugeTheory,
};

/** Names that {@link latticeModel} knows. */
export const modelNames: readonly string[] = Object.keys(models);

/** @throws UserError for a name that no model has */
export function latticeModel(name: string): LatticeModel {
  if (!Object.hasOwn(models, name)) {
    throw new UserError({
      what: `unknown lattice model ${name}`,
      how: `give one of ${modelNames.join(', ')}`,
    });
  }
  return models[name];
}

/** An algorithm of a model and its name, the model's first when none is named. @throws UserError for an unknown name */
export function samplingAlgorithm(
  model: string,
  algorithm?: string,
): { readonly name: string; readonly algorithm: SamplingAlgorithm } {
  const { algorithms } = latticeModel(model);
  const name = algorithm ?? Object.keys(algorithms)[0];
  if (!Object.hasOwn(algorithms, name)) {
    throw new UserError({
      what: `${model} is not sampled by ${name}`,
      how: `give one of ${Object.keys(algorithms).join(', ')}`,
    });
  }
  return { name, algorithm: algorithms[name] };
}
