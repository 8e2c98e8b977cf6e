// How pixels 0 ... 255 of 28 x 28 become the input of each kind of network, in the graph, so that model files take raw pixels.
import { add, div, expandDims, mul, pad, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { normaliseWidth } from './normalise-width.ts';

/** [rows, 28, 28] in [0, 1]. */
const unit = (pixels: Tensor): Tensor => div(reshape(pixels, [-1, 28, 28]), 255);

/** `before` and `after` more pixels of `value` around images [rows, h, w], with a last dimension of one channel. */
const padded = (images: Tensor, before: number, after: number, value = 0): Tensor =>
  pad(
    expandDims(images, -1),
    [
      [0, 0],
      [before, after],
      [before, after],
      [0, 0],
    ],
    value,
  );

/** 32 x 32, white -0.1 and black 1.175: mean 0 and variance 1, about (LeCun et al. 1998, section III.A). */
export const lenetInput = (pixels: Tensor): Tensor => padded(add(mul(unit(pixels), 1.275), -0.1), 2, 2, -0.1);

/** 28 x 28 in [0, 1]. */
export const imageInput = (pixels: Tensor): Tensor => expandDims(unit(pixels), -1);

/** 29 x 29 in [0, 1], `width` pixels wide where it is given. */
export const columnInput = (pixels: Tensor, width?: number): Tensor =>
  padded(width === undefined ? unit(pixels) : normaliseWidth(unit(pixels), width), 0, 1);
