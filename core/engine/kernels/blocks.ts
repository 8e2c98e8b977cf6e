// Kernels that trade space for batch or channels: blocks of pixels are cut out and laid side by side.
import { backend_util } from '@tensorflow/tfjs-core';
import { pad, reshape, slice, transpose } from '../graph/operators.ts';
import type { Value } from '../graph/value.ts';
import { sizeOf } from '../tensor-data.ts';
import type { Family } from './lowering.ts';

type Inputs = Readonly<Record<string, Value>>;

/** Cuts the axes after the batch into blocks, permutes, and joins: one direction and its inverse. */
function permuteBlocks(x: Value, blockShape: number[], batchToSpace: boolean): Value {
  const product = sizeOf(blockShape);
  const apart = backend_util.getReshaped([...x.shape], blockShape, product, batchToSpace);
  const order = backend_util.getPermuted(apart.length, blockShape.length, batchToSpace);
  const joined = backend_util.getReshapedPermuted([...x.shape], blockShape, product, batchToSpace);
  return reshape(transpose(reshape(x, apart), order), joined);
}

/** [N, H, W, C] -> [N, H b, W b, C / b^2]; the block's place is the slow part of the channel. */
function depthToSpace(x: Value, blockSize: number): Value {
  const [batch, height, width, depth] = x.shape;
  const channels = depth / blockSize ** 2;
  const apart = reshape(x, [batch, height, width, blockSize, blockSize, channels]);
  const shape = [batch, height * blockSize, width * blockSize, channels];
  return reshape(transpose(apart, [0, 1, 3, 2, 4, 5]), shape);
}

export const blocks: Family = {
  SpaceToBatchND: (
    { x }: Inputs,
    { blockShape, paddings }: { blockShape: number[]; paddings: [number, number][] },
  ) => {
    const rest = x.shape.slice(1 + blockShape.length).map(() => 0);
    const before = [0, ...paddings.map(([n]) => n), ...rest];
    const after = [0, ...paddings.map(([, n]) => n), ...rest];
    return permuteBlocks(pad(x, before, after, 0), blockShape, false);
  },
  BatchToSpaceND: (
    { x }: Inputs,
    { blockShape, crops }: { blockShape: number[]; crops: [number, number][] },
  ) => {
    const whole = permuteBlocks(x, blockShape, true);
    const rest = x.shape.slice(1 + blockShape.length).map(() => 0);
    const begin = [0, ...crops.map(([n]) => n), ...rest];
    const cut = [0, ...crops.map(([, n]) => n), ...rest];
    return slice(
      whole,
      begin,
      whole.shape.map((n, i) => n - cut[i]),
    );
  },
  DepthToSpace: (
    { x }: Inputs,
    { blockSize, dataFormat }: { blockSize: number; dataFormat: 'NHWC' | 'NCHW' },
  ) => {
    if (dataFormat === 'NCHW') throw new RangeError('depthToSpace: expected data in NHWC order, got NCHW');
    return depthToSpace(x, blockSize);
  },
};
