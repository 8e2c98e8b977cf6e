// The gradient of tile as sums, in the place of tfjs's own, which adds up one slice for each repetition: a layer
// normalisation of 512 rows became 512 slices and additions, twice for every layer, and took most of a step.
import { registerGradient, reshape, sum, type Tensor, Tile, type TileAttrs } from '@tensorflow/tfjs-core';
// After tfjs's own, which this one replaces.
import '@tensorflow/tfjs-layers';

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** dx[..., j, ...] = sum over r of dy[..., r * size + j, ...], axis by axis. */
function tileGradient(dy: Tensor, shape: readonly number[], reps: readonly number[]): Tensor {
  let gradient = dy;
  reps.forEach((count, axis) => {
    if (count === 1) return;
    const before = product(shape.slice(0, axis));
    const after = product(shape.slice(axis + 1).map((size, i) => size * reps[axis + 1 + i]));
    gradient = sum(reshape(gradient, [before, count, shape[axis], after]), 1);
  });
  return reshape(gradient, [...shape]);
}

registerGradient({
  kernelName: Tile,
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attrs) => ({
    x: () => tileGradient(dy as Tensor, x.shape, (attrs as unknown as TileAttrs).reps),
  }),
});
