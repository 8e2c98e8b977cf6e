// RMSprop (Tieleman and Hinton 2012, Coursera lecture 6.5; the centred form is Graves 2013, arXiv:1308.0850, equations
// 38 to 45), in PyTorch's form: epsilon stands outside the root.
import { add, div, mul, sqrt, square, sub } from '@tensorflow/tfjs-core';
import { eachGradient, type Optimizer } from './optimizer.ts';
import { zeroSlots } from './slots.ts';

export interface RmsPropOptions {
  /** Step size eta. Default 1e-2. */
  readonly learningRate?: number;
  /** Decay alpha of the running means. Default 0.99. */
  readonly decay?: number;
  /** mu in [0, 1). Default 0. */
  readonly momentum?: number;
  /** Added to the root. Default 1e-8. */
  readonly epsilon?: number;
  /** Divides by the running standard deviation instead of the root mean square. Default false. */
  readonly centered?: boolean;
}

/**
 * s <- alpha s + (1 - alpha) g^2,  m <- alpha m + (1 - alpha) g (0 unless centered),
 * v <- mu v + g / (sqrt(s - m^2) + epsilon),  theta <- theta - eta v.
 *
 * Rates: `learningRate`, and `momentum` unless it is 0.
 */
export function rmsProp(options: RmsPropOptions = {}): Optimizer {
  const { learningRate = 1e-2, decay = 0.99, momentum = 0, epsilon = 1e-8, centered = false } = options;
  return {
    name: 'rms-prop',
    rates: momentum === 0 ? { learningRate } : { learningRate, momentum },
    bind(variables) {
      const slots = {
        ...zeroSlots('rms-prop/square', variables),
        ...(centered ? zeroSlots('rms-prop/mean', variables) : {}),
        ...(momentum === 0 ? {} : zeroSlots('rms-prop/velocity', variables)),
      };
      return {
        slots,
        apply(gradients, rates) {
          eachGradient(variables, gradients, (name, parameter, gradient) => {
            const squares = slots[`rms-prop/square/${name}`];
            const mean = slots[`rms-prop/mean/${name}`];
            const velocity = slots[`rms-prop/velocity/${name}`];
            squares.assign(add(mul(squares, decay), mul(square(gradient), 1 - decay)));
            if (mean) mean.assign(add(mul(mean, decay), mul(gradient, 1 - decay)));
            const spread = mean ? sub(squares, square(mean)) : squares;
            const step = div(gradient, add(sqrt(spread), epsilon));
            if (velocity) velocity.assign(add(mul(velocity, rates.momentum), step));
            parameter.assign(sub(parameter, mul(velocity ?? step, rates.learningRate)));
          });
        },
      };
    },
  };
}
