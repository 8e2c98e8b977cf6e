// Clipping of the gradient by its norm over all variables (Pascanu et al. 2013, arXiv:1211.5063, algorithm 1), around any
// optimiser.
import { add, addN, div, minimum, mul, type Scalar, sqrt, square, sum } from '@tensorflow/tfjs-core';
import { eachGradient, type Optimizer } from './optimizer.ts';

/** Keeps the factor finite where all gradients are zero; PyTorch's. */
const EPSILON = 1e-6;

/**
 * g <- g min(1, maxNorm / |g|) with |g| the Euclidean norm over the gradients of all variables, then the optimiser's step.
 *
 * @throws RangeError unless maxNorm > 0
 */
export function clipByGlobalNorm(optimizer: Optimizer, maxNorm: number): Optimizer {
  if (!(maxNorm > 0)) throw new RangeError(`clipByGlobalNorm: expected a maxNorm above 0, got ${maxNorm}`);
  return {
    ...optimizer,
    bind(variables) {
      const bound = optimizer.bind(variables);
      return {
        slots: bound.slots,
        apply(gradients, rates) {
          const squares: Scalar[] = [];
          eachGradient(variables, gradients, (_name, _parameter, gradient) => {
            squares.push(sum(square(gradient)) as Scalar);
          });
          if (squares.length === 0) return;
          const factor = minimum(1, div(maxNorm, add(sqrt(addN(squares)), EPSILON)));
          const clipped = { ...gradients };
          eachGradient(variables, gradients, (name, _parameter, gradient) => {
            clipped[name] = mul(gradient, factor);
          });
          bound.apply(clipped, rates);
        },
      };
    },
  };
}
