// Slots of optimisers: one variable of zeros beside each variable that is trained.
import { tidy, type Variable, variable, zerosLike } from '@tensorflow/tfjs-core';
import type { NamedVariables } from './optimizer.ts';

/** Slots named `kind/<name of the variable>`. */
export const zeroSlots = (kind: string, variables: NamedVariables): Record<string, Variable> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, v]) => [
      `${kind}/${name}`,
      tidy(() => variable(zerosLike(v), false)),
    ]),
  );
