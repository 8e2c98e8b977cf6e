// The transposed convolution, which is the input gradient of a convolution too, as an ordinary one over channels in blocks.
// With stride s, places that are s apart read the same taps of the window: an ordinary convolution over the small image
// makes s x s phases, ceil(kernel / s) taps an axis and flipped, which are then laid between one another (the sub-pixel
// convolution of Shi et al. 2016, arXiv:1609.07009).
import { concat, pad, reshape, slice } from '../operators.ts';
import { reordered } from '../optimise/layouts.ts';
import { int64, type Node, record, type Value } from '../value.ts';
import { blocked, filled, geometryOf } from './convolutions.ts';
import { fromBlocks, toForm } from './forms.ts';

type Shape = readonly number[];

/** True when the filter is read in blocks, false when it is read plain. */
export const readsBlocks = ({ inputs }: Node, block: number): boolean =>
  inputs[1]!.shape.slice(0, 2).every((channels) => channels % block === 0);

/** The window's taps from last to first: both axes at once, as one axis of that length. */
function flipped(x: Value, axis: number, places: number): Value {
  if (places === 1) return x;
  const backwards = Array.from({ length: places }, (_, i) => places - 1 - i);
  return record('Gather', [x, int64(backwards)], { axis });
}

interface Window {
  readonly strides: Shape;
  readonly taps: Shape;
}

/** Adds zeros to a window until it has a whole number of taps for each phase. */
function wholeTaps(filter: Value, { strides, taps }: Window): Value {
  const after = filter.shape.map((n, axis) =>
    axis === 2 || axis === 3 ? taps[axis - 2] * strides[axis - 2] - n : 0,
  );
  return pad(
    filter,
    after.map(() => 0),
    after,
    0,
  );
}

/** [O/b, C/b, kh, kw, b, b] to the filter in blocks from O channels to (phase, phase, C). */
function turnedInBlocks(
  filter: Value,
  { strides: [sy, sx], taps: [ty, tx], ...window }: Window & { block: number },
): Value {
  const { block } = window;
  const whole = wholeTaps(filter, { strides: [sy, sx], taps: [ty, tx] });
  const [inputs, channels] = filter.shape;
  const apart = reshape(whole, [inputs, channels, ty, sy, tx, sx, block ** 2]);
  const moved = reordered(apart, [3, 5, 1, 0, 2, 4, 6]);
  const outputs = sy * sx * channels;
  const turned = flipped(reshape(moved, [outputs * inputs, ty * tx, block ** 2]), 1, ty * tx);
  const tiles = reordered(reshape(turned, [outputs * inputs * ty * tx, block, block]), [0, 2, 1]);
  return reshape(tiles, [outputs, inputs, ty, tx, block, block]);
}

/** The same from a plain filter [O, C, kh, kw]. */
function turnedPlain(
  filter: Value,
  { strides: [sy, sx], taps: [ty, tx], ...window }: Window & { block: number },
): Value {
  const whole = wholeTaps(filter, { strides: [sy, sx], taps: [ty, tx] });
  const [inputs, channels] = filter.shape;
  const moved = reordered(reshape(whole, [inputs, channels, ty, sy, tx, sx]), [3, 5, 1, 0, 2, 4]);
  const outputs = sy * sx * channels;
  const turned = flipped(reshape(moved, [outputs, inputs, ty * tx]), 2, ty * tx);
  return toForm(filled(reshape(turned, [outputs, inputs, ty, tx]), window.block), 'filter', window.block);
}

/** (phase, phase, C) channels to C channels of an image that is larger by the strides. */
function between(made: Value, [sy, sx]: Shape): Value {
  if (sy * sx === 1) return made;
  const [rows, channels, height, width, ...block] = made.shape;
  const apart = reshape(made, [rows, sy, sx, channels / (sy * sx), height, width, ...block]);
  const order = [0, 3, 4, 1, 5, 2, ...block.map(() => 6)];
  return reshape(reordered(apart, order), [rows, channels / (sy * sx), height * sy, width * sx, ...block]);
}

/** The part of an image that begins at `begin` and has the given sides; what is beyond its end is zero. */
function cut(x: Value, begin: Shape, sides: Shape): Value {
  const end = x.shape.map((n, axis) => (axis === 2 || axis === 3 ? begin[axis - 2] + sides[axis - 2] : n));
  const start = x.shape.map((_, axis) => (axis === 2 || axis === 3 ? begin[axis - 2] : 0));
  const none = x.shape.map(() => 0);
  const missing = x.shape.map((n, axis) => Math.max(0, end[axis] - n));
  return slice(pad(x, none, missing, 0), start, end);
}

/**
 * @param image in blocks, or plain where its channels do not fill one
 * @param filter [O, C, kh, kw] for an image of O channels: as a filter in blocks where {@link readsBlocks}, else plain
 * @returns the image of C channels, in blocks where they fill them
 */
export function convolveBack(
  node: Node,
  {
    image,
    filter,
    bias,
  }: { readonly image: Value; readonly filter: Value; readonly bias?: Value | undefined },
  block: number,
): Value {
  const { strides, pads, kernel } = geometryOf(node);
  const [{ shape }] = node.outputs;
  const [inputs, channels] = node.inputs[1]!.shape;
  const [rows] = shape;
  const taps = kernel.map((side, i) => Math.ceil(side / strides[i]));
  const turn = readsBlocks(node, block) ? turnedInBlocks : turnedPlain;
  const phases = strides[0] * strides[1];
  const outputs = phases * channels;
  const grid = node.inputs[0]!.shape.slice(2).map((n, i) => n + taps[i] - 1);
  const margin = taps.map((n) => n - 1);
  const reaches = grid.every((n, i) => n * strides[i] >= pads[i] + shape[i + 2]);
  const made = blocked(
    {
      image,
      filter: turn(filter, { strides, taps, block }),
      filterShape: [outputs, inputs, ...taps],
      bias: bias && reaches ? concat(new Array<Value>(phases).fill(bias), 0) : undefined,
    },
    { strides: [1, 1], dilations: [1, 1], pads: [...margin, ...margin] },
    [rows, outputs, ...grid],
    block,
  );
  const whole = channels % block === 0;
  const phased = whole ? made : fromBlocks(made, [rows, outputs, ...grid]);
  const placed = cut(between(phased, strides), pads, shape.slice(2));
  if (!bias || reaches) return placed;
  const wide = whole ? [1, channels / block, 1, 1, block] : [1, channels, 1, 1];
  return record('Add', [placed, reshape(bias, wide)], {}, placed.shape);
}
