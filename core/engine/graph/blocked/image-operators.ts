// What is done to images in blocks beside convolutions: one number a channel, sums over all places, margins.
import { multiply, reshape } from '../operators.ts';
import { int64, type Node, record, scalar, type Value } from '../value.ts';
import { blockedDomain } from './block-size.ts';
import { blockedConvolution } from './convolutions.ts';

/**
 * x s + b with one number a channel, as a convolution of each channel by itself: broadcasting along blocks is slow.
 *
 * @param image [N, C/b, H, W, b]
 * @param factor s [C], 1 when left out
 */
export function eachChannel(image: Value, factor: Value | undefined, bias?: Value): Value {
  const [rows, blocks, height, width, block] = image.shape;
  const channels = blocks * block;
  const one = { constant: new Float32Array(channels).fill(1), shape: [channels], dtype: 'float32' } as const;
  const shape = [rows, channels, height, width];
  const attributes = {
    kernel_shape: [1, 1],
    strides: [1, 1],
    dilations: [1, 1],
    pads: [0, 0, 0, 0],
    group: channels,
  };
  const filter = reshape(factor ?? one, [channels, 1, 1, 1]);
  const operands = [reshape(image, shape), filter, ...(bias ? [bias] : [])];
  return reshape(record(blockedConvolution, operands, attributes, shape), image.shape);
}

/** True for sums and means over all places, and perhaps over all images. */
export const isOverPlaces = (op: string, axes: readonly number[]): boolean =>
  (op === 'ReduceSum' || op === 'ReduceMean') && (String(axes) === '2,3' || String(axes) === '0,2,3');

/** Such a sum or mean of an image in blocks: ONNX Runtime's pool, on all threads, and the little that is left. */
export function overPlaces(node: Node, image: Value, axes: readonly number[]): Value {
  const { op, attributes } = node;
  const [output] = node.outputs;
  const [rows, channels, height, width] = node.inputs[0]!.shape;
  const given = reshape(image, [rows, channels, height, width]);
  const means = record(`${blockedDomain}::GlobalAveragePool`, [given], {}, [rows, channels, 1, 1]);
  const wanted = op === 'ReduceSum' ? multiply(means, scalar(height * width)) : means;
  if (!axes.includes(0) || rows === 1) return reshape(wanted, output.shape);
  const kept = attributes.keepdims === 1 ? [1] : [];
  return reshape(record(op, [wanted, int64([0])], attributes, [...kept, channels, 1, 1]), output.shape);
}

/** Pads of four axes for the five of an image in blocks. */
export function blockedPads(pads: Value): Value {
  const numbers = Array.from(pads.constant as BigInt64Array, Number);
  return int64([...numbers.slice(0, 4), 0, ...numbers.slice(4), 0]);
}
