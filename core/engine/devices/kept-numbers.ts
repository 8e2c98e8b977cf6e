// A variable's numbers between tfjs and the device, where its axes stand in another order and perhaps in a form of their own.
import { blockSize } from '../graph/blocked/block-size.ts';
import { type Form, type Storage, storageOf, storedShape } from '../graph/blocked/forms.ts';
import { inverse, type Order, reorder, transposeNumbers } from '../graph/optimise/permutation.ts';
import type { Constant } from '../graph/value.ts';

/** How a device keeps a variable. */
export interface Keeping {
  readonly order: Order;
  readonly form: Form;
}

/** How a variable of the given shape is kept: its axes reordered, then in a form. */
export function keptAs(shape: readonly number[], { order, form }: Keeping): Storage {
  const laidOut = reorder(shape, order);
  return storageOf(laidOut, form, form === 'plain' ? 1 : blockSize());
}

/** A variable's numbers as they are kept on the device. */
export function toDevice(numbers: Constant, shape: readonly number[], place: Keeping): Constant {
  const { view, order } = keptAs(shape, place);
  return transposeNumbers(transposeNumbers(numbers, shape, place.order), view, order);
}

/** The variable's own numbers back from the device. */
export function fromDevice(numbers: Constant, shape: readonly number[], place: Keeping): Constant {
  const storage = keptAs(shape, place);
  const laidOut = transposeNumbers(numbers, storedShape(storage), inverse(storage.order));
  return transposeNumbers(laidOut, reorder(shape, place.order), inverse(place.order));
}
