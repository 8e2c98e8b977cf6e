// A tensor through which nothing is learnt.
import { customGrad, type Tensor, zerosLike } from '@tensorflow/tfjs-core';

/** x itself, with gradient 0: what comes after is trained, what comes before is not. */
export const stopGradient = <T extends Tensor>(x: T): T =>
  customGrad((...args) => {
    const value = (args[0] as Tensor).clone();
    return { value, gradFunc: (dy: Tensor) => zerosLike(dy) };
  })(x) as T;
