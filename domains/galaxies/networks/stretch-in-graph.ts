// The stretch of stretch.ts, without its clip, as the networks compute it inside; and the order of axes, for files have planes and
// convolutions channels.
import {
  add,
  asinh,
  cosh,
  div,
  mul,
  sinh,
  sub,
  type Tensor,
  type Tensor4D,
  transpose,
} from '@tensorflow/tfjs-core';
import { clipHigh, clipLow } from '../stretch.ts';

const range = clipHigh - clipLow;

/** asinh(10 (x + 0.1) / 4.1) / 3. */
export const stretched = (flux: Tensor): Tensor => div(asinh(mul(sub(flux, clipLow), 10 / range)), 3);
export const unstretched = (value: Tensor): Tensor => add(mul(sinh(mul(value, 3)), range / 10), clipLow);
/** Flux that a small step of the stretched value is worth. */
export const slope = (value: Tensor): Tensor => mul(cosh(mul(value, 3)), (3 * range) / 10);

/** Planes first, as FITS has them, and channels last, as convolutions take them. */
export const channelsLast = (x: Tensor): Tensor4D => transpose(x as Tensor4D, [0, 2, 3, 1]);
export const planesFirst = (x: Tensor): Tensor4D => transpose(x as Tensor4D, [0, 3, 1, 2]);
