// The geometry of a window that slides over images or volumes, shared by convolutions and pools. tfjs describes it for
// two and for three axes apart and mostly with the channels last; here it is one shape for any number of axes, and ONNX
// has the channels first.
import { backend_util } from '@tensorflow/tfjs-core';
import { transpose } from '../graph/operators.ts';
import type { Value } from '../graph/value.ts';

/** A window over `input.length` spatial axes. */
export interface Window {
  readonly batch: number;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Sizes along the spatial axes: of the input, of the output, of the window. */
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Padding at the two ends of each spatial axis. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** tfjs's data format is NCHW or NCDHW. */
  readonly channelsFirst: boolean;
}

type Sizes = number | readonly number[];

/** What tfjs's kernels for windows are told. */
export interface WindowAttributes {
  readonly strides: Sizes;
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dataFormat?: string;
  readonly dilations?: Sizes | null;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function windowOf2D(info: backend_util.Conv2DInfo): Window {
  const { top, bottom, left, right } = info.padInfo;
  return {
    batch: info.batchSize,
    inChannels: info.inChannels,
    outChannels: info.outChannels,
    input: [info.inHeight, info.inWidth],
    output: [info.outHeight, info.outWidth],
    kernel: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    before: [top, left],
    after: [bottom, right],
    channelsFirst: info.dataFormat === 'channelsFirst',
  };
}

function windowOf3D(info: backend_util.Conv3DInfo): Window {
  const { front, back, top, bottom, left, right } = info.padInfo;
  return {
    batch: info.batchSize,
    inChannels: info.inChannels,
    outChannels: info.outChannels,
    input: [info.inDepth, info.inHeight, info.inWidth],
    output: [info.outDepth, info.outHeight, info.outWidth],
    kernel: [info.filterDepth, info.filterHeight, info.filterWidth],
    strides: [info.strideDepth, info.strideHeight, info.strideWidth],
    dilations: [info.dilationDepth, info.dilationHeight, info.dilationWidth],
    before: [front, top, left],
    after: [back, bottom, right],
    channelsFirst: info.dataFormat === 'channelsFirst',
  };
}

/** Window of a convolution with a tfjs filter [...kernel, in, out] ([...kernel, in, multiplier] when depthwise). */
export function convolutionWindow(
  input: readonly number[],
  filter: readonly number[],
  attributes: WindowAttributes,
  depthwise = false,
): Window {
  const { strides, pad, dataFormat = 'NHWC', dimRoundingMode } = attributes;
  const dilations = attributes.dilations ?? 1;
  if (input.length === 5) {
    return windowOf3D(
      backend_util.computeConv3DInfo(
        input as [number, number, number, number, number],
        filter as [number, number, number, number, number],
        strides as number,
        dilations as number,
        pad as 'valid',
      ),
    );
  }
  return windowOf2D(
    backend_util.computeConv2DInfo(
      input as [number, number, number, number],
      filter as [number, number, number, number],
      strides as number,
      dilations as number,
      pad,
      dimRoundingMode,
      depthwise,
      backend_util.convertConv2DDataFormat(dataFormat as 'NHWC'),
    ),
  );
}

/** Window of a pool. */
export function poolWindow(
  input: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: WindowAttributes & { readonly filterSize: Sizes },
): Window {
  if (input.length === 5) {
    const shape = input as [number, number, number, number, number];
    const size = filterSize as number;
    return windowOf3D(
      backend_util.computePool3DInfo(shape, size, strides as number, 1, pad as 'valid', dimRoundingMode),
    );
  }
  const shape = input as [number, number, number, number];
  const size = filterSize as number;
  return windowOf2D(backend_util.computePool2DInfo(shape, size, strides as number, 1, pad, dimRoundingMode));
}

/** Attributes of ONNX's Conv, ConvTranspose, MaxPool and AveragePool. */
export const onnxWindow = ({ kernel, strides, before, after }: Window) => ({
  kernel_shape: kernel,
  strides,
  pads: [...before, ...after],
});

/** Rows and columns of the input that no stride of the window reached: ONNX's output_padding of the way back. */
export const unreached = (w: Window): number[] =>
  w.input.map(
    (size, i) =>
      size +
      w.before[i] +
      w.after[i] -
      ((w.output[i] - 1) * w.strides[i] + (w.kernel[i] - 1) * w.dilations[i] + 1),
  );

/** [N, C, ...] from tfjs's order. */
export function toChannelsFirst(x: Value, { channelsFirst, input }: Window): Value {
  return channelsFirst ? x : transpose(x, [0, input.length + 1, ...input.map((_, i) => i + 1)]);
}

/** tfjs's order from [N, C, ...]. */
export function fromChannelsFirst(x: Value, { channelsFirst, input }: Window): Value {
  return channelsFirst ? x : transpose(x, [0, ...input.map((_, i) => i + 2), 1]);
}

/** [C, N, ...] from tfjs's order. */
export function toChannelsBeforeBatch(x: Value, { channelsFirst, input }: Window): Value {
  const spatial = input.map((_, i) => i + (channelsFirst ? 2 : 1));
  return transpose(x, [channelsFirst ? 1 : input.length + 1, 0, ...spatial]);
}
