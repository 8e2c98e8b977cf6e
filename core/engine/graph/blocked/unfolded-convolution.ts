// Convolutions with many weights and few places as products of matrices. Deep in a U-Net a filter is far larger than the
// image that it goes over; to put it in blocks, and to turn it round for the way back, would cost more than to use it. Here
// the filter stays as it is, [kh, kw, C, O], and the windows of the image are laid out instead, one a row: [places, kh kw C].
import { matMul, pad, reduce, reshape } from '../operators.ts';
import { int64, type Node, record, type Value } from '../value.ts';
import { type Geometry, geometryOf } from './convolutions.ts';

type Shape = readonly number[];

/**
 * True when a filter of O outputs is read so for an image of that many places. Its reordering and turning take some four passes
 * over k^2 C O numbers, the windows some three over k^2 C places; the blocked convolution itself is a fifth faster.
 */
export const isUnfolded = (places: number, outputs: number): boolean => 2 * places <= outputs;

/** The two images that a filter joins: the large one is [N, C, H, W], the small one [N, O, h, w]. */
export interface Joined {
  readonly large: Shape;
  readonly small: Shape;
  /** Sides of the window. */
  readonly window: Shape;
  readonly geometry: Geometry;
}

/** What an ordinary or transposed convolution joins. */
export function joinedBy(node: Node): Joined {
  const [x, filter] = node.inputs as [Value, Value];
  const [y] = node.outputs;
  const [large, small] = node.op === 'Conv' ? [x, y] : [y, x];
  return {
    large: large.shape,
    small: small.shape,
    window: filter.shape.slice(2),
    geometry: geometryOf(node),
  };
}

/** What the gradient of a filter joins, a convolution over [C, N, H, W] whose window is [O, N, h, w]. */
export function joinedByGradient(node: Node): Joined {
  const [large, small] = node.inputs.slice(0, 2).map((value) => {
    const [channels, rows, height, width] = value!.shape;
    return [rows, channels, height, width];
  });
  const { strides, dilations, pads, kernel } = geometryOf(node);
  const geometry = { kernel, strides: dilations, dilations: strides, pads };
  return { large, small, window: node.outputs[0].shape.slice(2), geometry };
}

/** For each place of the small image and each tap of the window, the row of the large one that it reads; -1 beyond its edge. */
function taps({ large, small, window, geometry }: Joined): Int32Array {
  const [rows, , height, width] = large;
  const [, , h, w] = small;
  const { strides, dilations, pads } = geometry;
  const result = new Int32Array(rows * h * w * window[0] * window[1]);
  let at = 0;
  for (let n = 0; n < rows; n++)
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++)
        for (let i = 0; i < window[0]; i++)
          for (let j = 0; j < window[1]; j++) {
            const row = y * strides[0] + i * dilations[0] - pads[0];
            const column = x * strides[1] + j * dilations[1] - pads[1];
            const inside = row >= 0 && row < height && column >= 0 && column < width;
            result[at++] = inside ? (n * height + row) * width + column : -1;
          }
  return result;
}

/** Rows of a matrix by their numbers; -1 is a row of zeros. */
function gatherRows(matrix: Value, numbers: ArrayLike<number>): Value {
  const [rows, columns] = matrix.shape;
  const list = Array.from(numbers);
  const outside = list.includes(-1);
  const source = outside ? pad(matrix, [0, 0], [1, 0], 0) : matrix;
  const indices = int64(list.map((n) => (n < 0 ? rows : n)));
  return record('Gather', [source, indices], { axis: 0 }, [list.length, columns]);
}

const asRows = (image: Value): Value => {
  const channels = image.shape[3];
  return reshape(image, [image.shape[0] * image.shape[1] * image.shape[2], channels]);
};

const matrixOf = (filter: Value): Value => {
  const [height, width, channels, outputs] = filter.shape;
  return reshape(filter, [height * width * channels, outputs]);
};

/** Windows of the large image [N, H, W, C], one a row: [places, kh kw C]. */
export function unfold(large: Value, joined: Joined): Value {
  const [rows, , h, w] = joined.small;
  const [height, width] = joined.window;
  const windows = gatherRows(asRows(large), taps(joined));
  return reshape(windows, [rows * h * w, height * width * large.shape[3]]);
}

/** The ordinary convolution: windows times filter, [N, h, w, O]. */
export function multiplyWindows(
  windows: Value,
  filter: Value,
  bias: Value | undefined,
  { small }: Joined,
): Value {
  const [rows, outputs, h, w] = small;
  const product = matMul(windows, matrixOf(filter), false, false);
  const made = bias ? record('Add', [product, bias], {}, product.shape) : product;
  return reshape(made, [rows, h, w, outputs]);
}

/** The gradient of the filter: windows transposed times the gradient of the small image, [kh, kw, C, O]. */
export function filterGradient(windows: Value, small: Value, { large, window }: Joined): Value {
  const product = matMul(windows, asRows(small), true, false);
  return reshape(product, [...window, large[1], small.shape[3]]);
}

/** The transposed convolution of the small image [N, h, w, O]: what its windows hold, added up where they overlap. */
export function fold(small: Value, filter: Value, bias: Value | undefined, joined: Joined): Value {
  const [rows, channels, height, width] = joined.large;
  const windows = matMul(asRows(small), matrixOf(filter), false, true);
  const sources: number[][] = Array.from({ length: rows * height * width }, () => []);
  taps(joined).forEach((row, from) => {
    if (row >= 0) sources[row].push(from);
  });
  const most = Math.max(1, ...sources.map(({ length }) => length));
  const numbers = sources.flatMap((list) => Array.from({ length: most }, (_, i) => list[i] ?? -1));
  const pieces = reshape(windows, [windows.shape[0] * joined.window[0] * joined.window[1], channels]);
  const overlapping = reshape(gatherRows(pieces, numbers), [sources.length, most, channels]);
  const sum =
    most === 1
      ? reshape(overlapping, [sources.length, channels])
      : reduce('ReduceSum', overlapping, [1], false);
  const made = bias ? record('Add', [sum, bias], {}, sum.shape) : sum;
  return reshape(made, [rows, height, width, channels]);
}
