// Convolutions and their gradients. tfjs is NHWC with HWIO filters, ONNX is NCHW with OIHW filters: activations are
// transposed on the way in and out, and neighbouring transposes cancel (operators.ts and ONNX Runtime's own pass).
// The filter's gradient is itself a convolution: x as [I, N, H, W] with dy as [O, N, h, w], its dilation the forward
// stride and its stride the forward dilation.
import { backend_util } from '@tensorflow/tfjs-core';
import { add, reshape, slice, transpose } from '../graph/operators.ts';
import { record, type Value } from '../graph/value.ts';
import { activate } from './elementwise.ts';
import type { Family } from './lowering.ts';

type Inputs = Readonly<Record<string, Value>>;
type Pair = [number, number] | number;
type Info = backend_util.Conv2DInfo;
type Shape4D = [number, number, number, number];

interface ConvolutionAttributes {
  strides: Pair;
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dataFormat?: 'NHWC' | 'NCHW';
  dilations?: Pair;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  inputShape?: Shape4D;
  filterShape?: Shape4D;
  activation?: string;
  leakyreluAlpha?: number;
}

export const toNCHW = (x: Value): Value => transpose(x, [0, 3, 1, 2]);
export const toNHWC = (x: Value): Value => transpose(x, [0, 2, 3, 1]);

function describe(
  input: readonly number[],
  filter: readonly number[],
  attributes: ConvolutionAttributes,
  depthwise = false,
): Info {
  if (attributes.dataFormat === 'NCHW') {
    throw new RangeError('convolutions take data in NHWC order (tfjs dataFormat channelsLast), got NCHW');
  }
  return backend_util.computeConv2DInfo(
    input as Shape4D,
    filter as Shape4D,
    attributes.strides,
    attributes.dilations ?? 1,
    attributes.pad,
    attributes.dimRoundingMode,
    depthwise,
  );
}

const pads = ({ padInfo }: Info): number[] => [padInfo.top, padInfo.left, padInfo.bottom, padInfo.right];

const forwardAttributes = (info: Info, group: number) => ({
  kernel_shape: [info.filterHeight, info.filterWidth],
  strides: [info.strideHeight, info.strideWidth],
  dilations: [info.dilationHeight, info.dilationWidth],
  pads: pads(info),
  group,
});

const outputNCHW = (info: Info): number[] => [
  info.batchSize,
  info.outChannels,
  info.outHeight,
  info.outWidth,
];
const inputNCHW = (info: Info): number[] => [info.batchSize, info.inChannels, info.inHeight, info.inWidth];

/** x in NHWC with a filter that is already in ONNX's order, optionally with a bias of one number a channel. */
function forward(x: Value, filter: Value, info: Info, group: number, bias?: Value): Value {
  return toNHWC(record('Conv', [toNCHW(x), filter, bias], forwardAttributes(info, group), outputNCHW(info)));
}

/** Gradient by the input: the transposed convolution. `output_padding` makes up for rows that no stride reached. */
function inputGradient(dy: Value, filter: Value, info: Info, group: number): Value {
  const [top, left, bottom, right] = pads(info);
  const reached = (out: number, stride: number, kernel: number, dilation: number, padding: number): number =>
    (out - 1) * stride + (kernel - 1) * dilation + 1 - padding;
  const missing = [
    info.inHeight -
      reached(info.outHeight, info.strideHeight, info.filterHeight, info.dilationHeight, top + bottom),
    info.inWidth -
      reached(info.outWidth, info.strideWidth, info.filterWidth, info.dilationWidth, left + right),
  ];
  const attributes = { ...forwardAttributes(info, group), output_padding: missing };
  return toNHWC(record('ConvTranspose', [toNCHW(dy), filter], attributes, inputNCHW(info)));
}

/** Gradient by the filter as [O, I/group, kh, kw], from x and dy laid out as a convolution over the batch. */
function filterCorrelation(x: Value, dy: Value, info: Info, group: number): Value {
  const [top, left, bottom, right] = pads(info);
  const extent = (size: number, padding: number, out: number, stride: number, dilation: number): number =>
    Math.floor((size + padding - ((out - 1) * stride + 1)) / dilation) + 1;
  const height = extent(info.inHeight, top + bottom, info.outHeight, info.strideHeight, info.dilationHeight);
  const width = extent(info.inWidth, left + right, info.outWidth, info.strideWidth, info.dilationWidth);
  const attributes = {
    kernel_shape: [info.outHeight, info.outWidth],
    strides: [info.dilationHeight, info.dilationWidth],
    dilations: [info.strideHeight, info.strideWidth],
    pads: pads(info),
    group,
  };
  const shape = [x.shape[0], dy.shape[0], height, width];
  const correlation = record('Conv', [x, dy], attributes, shape);
  return slice(correlation, [0, 0, 0, 0], [shape[0], shape[1], info.filterHeight, info.filterWidth]);
}

function fused(
  { x, filter, bias, preluActivationWeights }: Inputs,
  attributes: ConvolutionAttributes,
  convolve: (x: Value, filter: Value, bias: Value | undefined) => Value,
): Value {
  const perChannel = bias !== undefined && bias.shape.length === 1;
  const y = convolve(x, filter, perChannel ? bias : undefined);
  const biased = bias && !perChannel ? add(y, bias) : y;
  return activate(
    biased,
    attributes.activation ?? 'linear',
    preluActivationWeights,
    attributes.leakyreluAlpha,
  );
}

function convolve(x: Value, filter: Value, attributes: ConvolutionAttributes, bias?: Value): Value {
  const info = describe(x.shape, filter.shape, attributes);
  return forward(x, transpose(filter, [3, 2, 0, 1]), info, 1, bias);
}

/** A depthwise filter [kh, kw, C, M] as ONNX's grouped filter [C M, 1, kh, kw]. */
function groupedFilter(filter: Value): Value {
  const [height, width, channels, multiplier] = filter.shape;
  return reshape(transpose(filter, [2, 3, 0, 1]), [channels * multiplier, 1, height, width]);
}

function depthwise(x: Value, filter: Value, attributes: ConvolutionAttributes, bias?: Value): Value {
  const info = describe(x.shape, filter.shape, attributes, true);
  return forward(x, groupedFilter(filter), info, info.inChannels, bias);
}

export const convolutions: Family = {
  Conv2D: ({ x, filter }: Inputs, attributes: ConvolutionAttributes) => convolve(x, filter, attributes),
  FusedConv2D: (inputs: Inputs, attributes: ConvolutionAttributes) =>
    fused(inputs, attributes, (x, filter, bias) => convolve(x, filter, attributes, bias)),
  Conv2DBackpropInput: ({ dy, filter }: Inputs, attributes: ConvolutionAttributes) => {
    const info = describe(attributes.inputShape!, filter.shape, attributes);
    return inputGradient(dy, transpose(filter, [3, 2, 0, 1]), info, 1);
  },
  Conv2DBackpropFilter: ({ x, dy }: Inputs, attributes: ConvolutionAttributes) => {
    const info = describe(x.shape, attributes.filterShape!, attributes);
    const gradient = filterCorrelation(transpose(x, [3, 0, 1, 2]), transpose(dy, [3, 0, 1, 2]), info, 1);
    return transpose(gradient, [2, 3, 0, 1]);
  },
  DepthwiseConv2dNative: ({ x, filter }: Inputs, attributes: ConvolutionAttributes) =>
    depthwise(x, filter, attributes),
  FusedDepthwiseConv2D: (inputs: Inputs, attributes: ConvolutionAttributes) =>
    fused(inputs, attributes, (x, filter, bias) => depthwise(x, filter, attributes, bias)),
  DepthwiseConv2dNativeBackpropInput: ({ dy, filter }: Inputs, attributes: ConvolutionAttributes) => {
    const info = describe(attributes.inputShape!, filter.shape, attributes, true);
    return inputGradient(dy, groupedFilter(filter), info, info.inChannels);
  },
  DepthwiseConv2dNativeBackpropFilter: ({ x, dy }: Inputs, attributes: ConvolutionAttributes) => {
    const info = describe(x.shape, attributes.filterShape!, attributes, true);
    const { batchSize: n, inChannels: channels, outChannels } = info;
    const images = reshape(transpose(x, [3, 0, 1, 2]), [1, channels * n, info.inHeight, info.inWidth]);
    const gradient = filterCorrelation(images, transpose(dy, [3, 0, 1, 2]), info, channels);
    const multiplier = outChannels / channels;
    const split = reshape(gradient, [channels, multiplier, info.filterHeight, info.filterWidth]);
    return transpose(split, [2, 3, 0, 1]);
  },
};
