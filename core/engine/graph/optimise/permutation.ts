// Orders of axes. `order[i]` is the axis of the original that stands at place i, as in Transpose's `perm`.
import type { Constant } from '../value.ts';

export type Order = readonly number[];

export const identityOrder = (rank: number): Order => Array.from({ length: rank }, (_, i) => i);

export const isIdentity = (order: Order): boolean => order.every((axis, i) => axis === i);

/** Where each axis of the original stands. */
export function inverse(order: Order): Order {
  const places = [...order];
  order.forEach((axis, i) => {
    places[axis] = i;
  });
  return places;
}

/** First `first`, then `second`. */
export const compose = (first: Order, second: Order): Order => second.map((place) => first[place]);

export const reorder = <T>(items: readonly T[], order: Order): T[] => order.map((axis) => items[axis]);

/** True when the numbers stay where they are: only axes of size 1 change places. */
export function movesNothing(shape: readonly number[], order: Order): boolean {
  const real = order.filter((axis) => shape[axis] !== 1);
  return real.every((axis, i) => i === 0 || real[i - 1] < axis);
}

/** The numbers of an array of the given shape in another order of axes; the array itself when that is its own. */
export function transposeNumbers(numbers: Constant, shape: readonly number[], order: Order): Constant {
  if (isIdentity(order)) return numbers;
  const result = new (numbers.constructor as Float32ArrayConstructor)(numbers.length);
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));
  const sizes = reorder(shape, order);
  const steps = reorder(strides, order);
  const index = sizes.map(() => 0);
  const source = numbers as Float32Array;
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = source[from];
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      from += steps[axis];
      if (++index[axis] < sizes[axis]) break;
      from -= steps[axis] * sizes[axis];
      index[axis] = 0;
    }
  }
  return result as Constant;
}
