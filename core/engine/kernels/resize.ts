// Resizing of images [N, H, W, C], bilinear and to the nearest pixel, and the gradients. Both are linear and work axis by
// axis: an output pixel is a mix of two input pixels (or a copy of one), so forward is a gather along an axis and the
// gradient the product with the transposed matrix of the mix.
import { add, cast, expand, matMul, multiply, reduce, reshape, subtract } from '../graph/operators.ts';
import { constant, int64, record, type Value } from '../graph/value.ts';
import { bilinearTaps, nearestTaps, type ResizeAttributes, type Taps, type TapsOf } from '../resize-taps.ts';
import type { Family } from './lowering.ts';

type Inputs = Readonly<Record<string, Value>>;

const HEIGHT = 1;
const WIDTH = 2;

function pick(x: Value, axis: number, pixels: readonly number[]): Value {
  const shape = x.shape.map((n, i) => (i === axis ? pixels.length : n));
  return record('Gather', [x, int64(pixels)], { axis }, shape);
}

function mix(x: Value, axis: number, { low, high, fraction }: Taps): Value {
  const below = pick(x, axis, low);
  if (fraction.every((f) => f === 0)) return below;
  const shape = [1, 1, 1, 1];
  shape[axis] = fraction.length;
  const weights = constant(Float32Array.from(fraction), shape, 'float32');
  return add(below, multiply(subtract(pick(x, axis, high), below), weights));
}

/** The matrix of the mix, transposed, as a constant [from, to]. */
function transposedMatrix(from: number, { low, high, fraction }: Taps): Value {
  const to = low.length;
  const weights = new Float32Array(from * to);
  for (let i = 0; i < to; i++) {
    weights[low[i] * to + i] += 1 - fraction[i];
    weights[high[i] * to + i] += fraction[i];
  }
  return constant(weights, [from, to], 'float32');
}

const resize =
  (taps: TapsOf) =>
  (
    { images }: Inputs,
    attributes: ResizeAttributes & { readonly size: readonly [number, number] },
  ): Value => {
    const [height, width] = attributes.size;
    const rows = mix(cast(images, 'float32'), HEIGHT, taps(images.shape[HEIGHT], height, attributes));
    return mix(rows, WIDTH, taps(images.shape[WIDTH], width, attributes));
  };

const gradient =
  (taps: TapsOf) =>
  ({ images, dy }: Inputs, attributes: ResizeAttributes): Value => {
    const [batch, height, width, channels] = images.shape;
    const [, newHeight, newWidth] = dy.shape;
    const down = transposedMatrix(height, taps(height, newHeight, attributes));
    const across = transposedMatrix(width, taps(width, newWidth, attributes));
    const rows = matMul(down, reshape(dy, [batch, newHeight, newWidth * channels]), false, false);
    const columns = matMul(across, reshape(rows, [batch * height, newWidth, channels]), false, false);
    return reshape(columns, images.shape);
  };

/** Every pixel repeated a whole number of times, as upsampling layers do. */
function repeats({ from, to }: { from: readonly number[]; to: readonly number[] }): number[] | undefined {
  const factors = to.map((n, i) => n / from[i]);
  return factors.every(Number.isInteger) ? factors : undefined;
}

const spatial = ({ shape }: Value): readonly number[] => shape.slice(HEIGHT, WIDTH + 1);
const plain = ({ alignCorners }: ResizeAttributes): boolean => !alignCorners;

function resizeNearest(
  inputs: Inputs,
  attributes: ResizeAttributes & { readonly size: readonly [number, number] },
): Value {
  const { images } = inputs;
  const factors = plain(attributes) ? repeats({ from: spatial(images), to: attributes.size }) : undefined;
  if (!factors) return resize(nearestTaps)(inputs, attributes);
  const [batch, height, width, channels] = images.shape;
  const apart = reshape(images, [batch, height, 1, width, 1, channels]);
  const repeated = expand(apart, [batch, height, factors[0], width, factors[1], channels]);
  return reshape(repeated, [batch, ...attributes.size, channels]);
}

function nearestGradient(inputs: Inputs, attributes: ResizeAttributes): Value {
  const { images, dy } = inputs;
  const factors = plain(attributes) ? repeats({ from: spatial(images), to: spatial(dy) }) : undefined;
  if (!factors) return gradient(nearestTaps)(inputs, attributes);
  const [batch, height, width, channels] = images.shape;
  const apart = reshape(dy, [batch, height, factors[0], width, factors[1], channels]);
  return reduce('ReduceSum', apart, [2, 4], false);
}

export const resizing: Family = {
  ResizeBilinear: resize(bilinearTaps),
  ResizeBilinearGrad: gradient(bilinearTaps),
  ResizeNearestNeighbor: resizeNearest,
  ResizeNearestNeighborGrad: nearestGradient,
};
