// Digits stretched or squeezed to one width, as the columns of a committee see them (Cireşan, Meier and Schmidhuber 2012, section 3):
// each column learns from another width, and errs elsewhere. Done in the graph, so that model files take raw pixels.
import {
  abs,
  add,
  cast,
  div,
  expandDims,
  greater,
  greaterEqual,
  lessEqual,
  logicalAnd,
  matMul,
  max,
  maximum,
  min,
  mul,
  relu,
  sub,
  sum,
  type Tensor,
  tensor1d,
  where,
} from '@tensorflow/tfjs-core';

const side = 28;
const columns = Float32Array.from({ length: side }, (_, x) => x);

/**
 * Images [rows, 28, 28] with their ink `width` pixels wide, in the middle: each column of the result is a mean of columns of the
 * image, weighted by a triangle as wide as one of them. Images without ink stay empty.
 */
export function normaliseWidth(images: Tensor, width: number): Tensor {
  const ink = greater(max(images, 1), 0);
  const x = tensor1d(columns);
  const left = min(where(ink, x, side), 1, true);
  const right = max(where(ink, x, -1), 1, true);
  const scale = div(maximum(add(sub(right, left), 1), 1), width);
  const from = tensor1d(columns.map((at) => at - (side - width) / 2 + 0.5));
  // Centre of each column of the result within the image, [rows, 28].
  const centre = sub(add(mul(scale, from), left), 0.5);
  const reach = maximum(scale, 1);
  // Columns beside the ink have no part in it: the edges of a digit stay as bright as they are.
  const within = cast(logicalAnd(greaterEqual(x, left), lessEqual(x, right)), 'float32');
  const triangle = relu(sub(1, div(abs(sub(expandDims(x, 1), expandDims(centre, 1))), expandDims(reach, 1))));
  const weights = mul(triangle, expandDims(within, 2));
  const inside = cast(greater(mul(from, sub(width, from)), 0), 'float32');
  // [rows, from, to], each column of it adding up to 1.
  const shares = mul(div(weights, maximum(sum(weights, 1, true), 1e-6)), inside);
  return matMul(images as never, shares as never);
}
