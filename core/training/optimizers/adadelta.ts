// Adadelta (Zeiler 2012, arXiv:1212.5701, algorithm 1).
import { add, div, mul, sqrt, square, sub } from '@tensorflow/tfjs-core';
import { eachGradient, type Optimizer } from './optimizer.ts';
import { zeroSlots } from './slots.ts';

export interface AdadeltaOptions {
  /** Factor on the step; 1 is the paper's algorithm. Default 1. */
  readonly learningRate?: number;
  /** Decay rho of the running means. Default 0.9 as in PyTorch (the paper tries 0.9 to 0.99). */
  readonly decay?: number;
  /** Added inside the roots. Default 1e-6. */
  readonly epsilon?: number;
}

/**
 * s <- rho s + (1 - rho) g^2,  d = sqrt(u + epsilon) / sqrt(s + epsilon) g,  u <- rho u + (1 - rho) d^2,
 * theta <- theta - eta d.
 *
 * Rates: `learningRate`.
 */
export function adadelta(options: AdadeltaOptions = {}): Optimizer {
  const { learningRate = 1, decay = 0.9, epsilon = 1e-6 } = options;
  return {
    name: 'adadelta',
    rates: { learningRate },
    bind(variables) {
      const slots = {
        ...zeroSlots('adadelta/gradient-square', variables),
        ...zeroSlots('adadelta/update-square', variables),
      };
      return {
        slots,
        apply(gradients, rates) {
          eachGradient(variables, gradients, (name, parameter, gradient) => {
            const squares = slots[`adadelta/gradient-square/${name}`];
            const updates = slots[`adadelta/update-square/${name}`];
            squares.assign(add(mul(squares, decay), mul(square(gradient), 1 - decay)));
            const ratio = div(sqrt(add(updates, epsilon)), sqrt(add(squares, epsilon)));
            const step = mul(ratio, gradient);
            updates.assign(add(mul(updates, decay), mul(square(step), 1 - decay)));
            parameter.assign(sub(parameter, mul(step, rates.learningRate)));
          });
        },
      };
    },
  };
}
