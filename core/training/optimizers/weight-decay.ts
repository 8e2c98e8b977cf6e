// Two ways of drawing weights to zero, each around any optimiser. A penalty of lambda / 2 |theta|^2 in the loss adds
// lambda theta to the gradient, which an adaptive optimiser then rescales; decoupled decay (Loshchilov and Hutter 2019,
// arXiv:1711.05101) shrinks the weights themselves. For plain gradient descent both are the same.
import { add, mul, sub } from '@tensorflow/tfjs-core';
import { eachGradient, type Optimizer } from './optimizer.ts';

export interface WeightDecayOptions {
  /** lambda. */
  readonly weightDecay: number;
  /** Which variables decay, by name (`layer/kernel`). Default all, as in PyTorch. */
  readonly appliesTo?: (name: string) => boolean;
}

const everywhere = (): boolean => true;

function requireDecay(who: string, weightDecay: number): void {
  if (!(weightDecay >= 0 && Number.isFinite(weightDecay)))
    throw new RangeError(`${who}: expected a weightDecay of at least 0, got ${weightDecay}`);
}

/**
 * g <- g + lambda theta, then the optimiser's own step.
 *
 * @throws RangeError unless lambda >= 0
 */
export function l2Penalty(
  optimizer: Optimizer,
  { weightDecay, appliesTo = everywhere }: WeightDecayOptions,
): Optimizer {
  requireDecay('l2Penalty', weightDecay);
  return {
    ...optimizer,
    bind(variables) {
      const bound = optimizer.bind(variables);
      return {
        slots: bound.slots,
        apply(gradients, rates) {
          const penalised = { ...gradients };
          eachGradient(variables, gradients, (name, parameter, gradient) => {
            if (appliesTo(name)) penalised[name] = add(gradient, mul(parameter, weightDecay));
          });
          bound.apply(penalised, rates);
        },
      };
    },
  };
}

/**
 * theta <- theta - eta lambda theta with the optimiser's learning rate eta, then its own step.
 *
 * @throws RangeError unless lambda >= 0
 */
export function decoupledWeightDecay(
  optimizer: Optimizer,
  { weightDecay, appliesTo = everywhere }: WeightDecayOptions,
): Optimizer {
  requireDecay('decoupledWeightDecay', weightDecay);
  return {
    ...optimizer,
    bind(variables) {
      const bound = optimizer.bind(variables);
      return {
        slots: bound.slots,
        apply(gradients, rates) {
          const kept = sub(1, mul(rates.learningRate, weightDecay));
          eachGradient(variables, gradients, (name, parameter) => {
            if (appliesTo(name)) parameter.assign(mul(parameter, kept));
          });
          bound.apply(gradients, rates);
        },
      };
    },
  };
}
