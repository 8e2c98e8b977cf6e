// Adam (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1).
import { add, div, mul, scalar, sqrt, square, sub, tidy, variable } from '@tensorflow/tfjs-core';
import { eachGradient, type NamedVariables, type Optimizer } from './optimizer.ts';
import { zeroSlots } from './slots.ts';

export interface AdamOptions {
  /** Step size alpha. Default 1e-3. */
  readonly learningRate?: number;
  /** Decay of the first moment. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the second moment. Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second moment. Default 1e-8 as in the paper and PyTorch (tfjs has 1e-7). */
  readonly epsilon?: number;
}

/**
 * m <- beta1 m + (1 - beta1) g,  v <- beta2 v + (1 - beta2) g^2,
 * theta <- theta - alpha (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon).
 *
 * Kept as sums, s <- beta s + g and n <- beta n + 1, whose ratio s / n is m / (1 - beta^t): the same numbers with a third
 * fewer passes over the parameters, and without the loss of digits in 1 - beta^t.
 *
 * Rates: `learningRate`.
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  return {
    name: 'adam',
    rates: { learningRate },
    bind(variables) {
      const count1 = tidy(() => variable(scalar(0), false));
      const count2 = tidy(() => variable(scalar(0), false));
      const slots: NamedVariables = {
        ...zeroSlots('adam/first-sum', variables),
        ...zeroSlots('adam/second-sum', variables),
        'adam/first-count': count1,
        'adam/second-count': count2,
      };
      return {
        slots,
        apply(gradients, rates) {
          count1.assign(add(mul(count1, beta1), 1));
          count2.assign(add(mul(count2, beta2), 1));
          const root2 = sqrt(count2);
          const stepSize = mul(rates.learningRate, div(root2, count1));
          const floor = mul(root2, epsilon);
          eachGradient(variables, gradients, (name, parameter, gradient) => {
            const first = slots[`adam/first-sum/${name}`];
            const second = slots[`adam/second-sum/${name}`];
            first.assign(add(mul(first, beta1), gradient));
            second.assign(add(mul(second, beta2), square(gradient)));
            const direction = div(first, add(sqrt(second), floor));
            parameter.assign(sub(parameter, mul(direction, stepSize)));
          });
        },
      };
    },
  };
}
