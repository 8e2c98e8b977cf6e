// Stochastic gradient descent with classical momentum (Polyak 1964), in PyTorch's and tfjs's form.
import { add, mul, sub } from '@tensorflow/tfjs-core';
import { eachGradient, type Optimizer } from './optimizer.ts';
import { zeroSlots } from './slots.ts';

export interface SgdOptions {
  /** Step size eta. */
  readonly learningRate: number;
  /** mu in [0, 1). Default 0: plain gradient descent, without slots. */
  readonly momentum?: number;
}

/**
 * v <- mu v + g,  theta <- theta - eta v.
 *
 * Rates: `learningRate`, and `momentum` unless it is 0.
 */
export function sgd({ learningRate, momentum = 0 }: SgdOptions): Optimizer {
  return {
    name: 'sgd',
    rates: momentum === 0 ? { learningRate } : { learningRate, momentum },
    bind(variables) {
      const slots = momentum === 0 ? {} : zeroSlots('sgd/velocity', variables);
      return {
        slots,
        apply(gradients, rates) {
          eachGradient(variables, gradients, (name, parameter, gradient) => {
            const velocity = slots[`sgd/velocity/${name}`];
            if (velocity) velocity.assign(add(mul(velocity, rates.momentum), gradient));
            parameter.assign(sub(parameter, mul(velocity ?? gradient, rates.learningRate)));
          });
        },
      };
    },
  };
}
