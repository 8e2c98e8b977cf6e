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
 * Rates: `learningRate`.
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  return {
    name: 'adam',
    rates: { learningRate },
    bind(variables) {
      const power1 = tidy(() => variable(scalar(1), false));
      const power2 = tidy(() => variable(scalar(1), false));
      const slots: NamedVariables = {
        ...zeroSlots('adam/first-moment', variables),
        ...zeroSlots('adam/second-moment', variables),
        'adam/beta1-power': power1,
        'adam/beta2-power': power2,
      };
      return {
        slots,
        apply(gradients, rates) {
          power1.assign(mul(power1, beta1));
          power2.assign(mul(power2, beta2));
          const correction1 = sub(1, power1);
          const correction2 = sub(1, power2);
          eachGradient(variables, gradients, (name, parameter, gradient) => {
            const first = slots[`adam/first-moment/${name}`];
            const second = slots[`adam/second-moment/${name}`];
            first.assign(add(mul(first, beta1), mul(gradient, 1 - beta1)));
            second.assign(add(mul(second, beta2), mul(square(gradient), 1 - beta2)));
            const root = add(sqrt(div(second, correction2)), epsilon);
            const update = div(div(first, correction1), root);
            parameter.assign(sub(parameter, mul(update, rates.learningRate)));
          });
        },
      };
    },
  };
}
