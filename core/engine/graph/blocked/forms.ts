// The forms in which an array of four axes is kept: plain, or with channels in blocks for ONNX Runtime's convolutions.
// Images [N, C, H, W] become [N, C/b, H, W, b], filters [O, I, h, w] become [O/b, I/b, h, w, b, b] with the block of outputs
// last, or [O/b, I, h, w, b] where there are fewer inputs than fill a block. An axis of size 1, which is broadcast, stays.
// Convolutions that are products of matrices have the channels last: `rows` [N, H, W, C] of images and `taps` [h, w, I, O] of
// filters; `swappedRows` and `swappedTaps` are the same for images [C, N, H, W] and filters [I, O, h, w].

import { reshape } from '../operators.ts';
import { reordered } from '../optimise/layouts.ts';
import { inverse, type Order, reorder } from '../optimise/permutation.ts';
import { record, type Value } from '../value.ts';
import { blockedDomain } from './block-size.ts';

export type Form = 'plain' | 'image' | 'filter' | 'rows' | 'swappedRows' | 'taps' | 'swappedTaps';

/** Forms that only reorder the axes. */
const orders: Partial<Record<Form, Order>> = {
  rows: [0, 2, 3, 1],
  swappedRows: [1, 2, 3, 0],
  taps: [2, 3, 1, 0],
  swappedTaps: [2, 3, 0, 1],
};

/** The order of axes of a form that is no more than that. */
export const orderOf = (form: Form): Order | undefined => orders[form];

/** An array seen with more axes, and the order in which those stand in memory. */
export interface Storage {
  readonly view: readonly number[];
  readonly order: Order;
}

type Shape = readonly number[];

/** True when an array of that shape can be kept so. */
export function fits(shape: Shape, form: Form, block: number): boolean {
  if (form === 'plain') return true;
  if (shape.length !== 4) return false;
  if (form in orders) return true;
  const [first, second] = shape;
  return form === 'image' ? second % block === 0 : first % block === 0 && fillsBlocks(second, block);
}

/** Channels that a convolution in blocks can read: whole blocks, or fewer than one. */
export const fillsBlocks = (channels: number, block: number): boolean =>
  channels < block || channels % block === 0;

/** How an array of the given shape is kept in a form. */
export function storageOf(shape: Shape, form: Form, block: number): Storage {
  if (form === 'plain') return { view: shape, order: shape.map((_, i) => i) };
  const order = orders[form];
  if (order) return { view: shape, order };
  const [a, b, height, width] = shape;
  const split = (n: number): [number, number] => (n % block === 0 ? [n / block, block] : [n, 1]);
  if (form === 'image') return { view: [a, ...split(b), height, width], order: [0, 1, 3, 4, 2] };
  return { view: [...split(a), ...split(b), height, width], order: [0, 2, 4, 5, 3, 1] };
}

/** Shape in memory. */
export const storedShape = ({ view, order }: Storage): number[] => reorder(view, order);

/** Plain numbers in a form. */
export function toForm(value: Value, form: Form, block: number): Value {
  if (form === 'plain') return value;
  const storage = storageOf(value.shape, form, block);
  if (form === 'image' && !value.constant && value.shape[2] * value.shape[3] > 1)
    return reshape(record(`${blockedDomain}::ReorderInput`, [value]), storedShape(storage));
  return reordered(reshape(value, storage.view), storage.order);
}

/** Numbers in a form made plain. */
export function toPlain(value: Value, shape: Shape, form: Form, block: number): Value {
  if (form === 'plain') return value;
  const { view, order } = storageOf(shape, form, block);
  if (form === 'image' && shape[2] * shape[3] > 1) return fromBlocks(value, shape);
  return reshape(reordered(reshape(value, reorder(view, order)), inverse(order)), shape);
}

/** Image in blocks to [N, C, H, W]; channels beyond C, that only filled the last block, are left out. */
export const fromBlocks = (value: Value, [rows, channels, height, width]: Shape): Value => {
  const stored = (value.shape[1] ?? 0) * (value.shape[4] ?? 1);
  return record(
    `${blockedDomain}::ReorderOutput`,
    [reshape(value, [rows, stored, height, width])],
    { channels },
    [rows, channels, height, width],
  );
};

/** An image in blocks as the filter that has its channels as outputs and its rows as inputs. */
export function swappedToFilter(value: Value, [rows, channels, height, width]: Shape, block: number): Value {
  const image = storageOf([rows, channels, height, width], 'image', block);
  const split = rows % block === 0 ? [rows / block, block] : [rows, 1];
  const [, ...rest] = storedShape(image);
  return reordered(reshape(value, [...split, ...rest]), [2, 0, 3, 4, 1, 5]);
}

/** An image in blocks [N, C/b, H, W, b] with its channels last, [N, H, W, C]. */
export function imageToRows(value: Value): Value {
  const [rows, blocks, height, width, block] = value.shape;
  return reshape(reordered(value, [0, 2, 3, 1, 4]), [rows, height, width, blocks * block]);
}

/** And back. */
export function rowsToImage(value: Value, block: number): Value {
  const [rows, height, width, channels] = value.shape;
  return reordered(reshape(value, [rows, height, width, channels / block, block]), [0, 3, 1, 2, 4]);
}
