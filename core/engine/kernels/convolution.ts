// Convolutions over images and volumes and their gradients. tfjs has the channels last and filters HWIO, ONNX the
// channels first and filters OIHW: activations are transposed on the way in and out, and neighbouring transposes cancel
// (operators.ts and ONNX Runtime's own pass). The filter's gradient is itself a convolution: x as [I, N, H, W] with dy as
// [O, N, h, w], its dilation the forward stride and its stride the forward dilation.
import { add, reshape, slice, transpose } from '../graph/operators.ts';
import { record, type Value } from '../graph/value.ts';
import { activate } from './elementwise.ts';
import type { Family } from './lowering.ts';
import {
  convolutionWindow,
  fromChannelsFirst,
  onnxWindow,
  toChannelsBeforeBatch,
  toChannelsFirst,
  unreached,
  type Window,
  type WindowAttributes,
} from './window.ts';

type Inputs = Readonly<Record<string, Value>>;

interface ConvolutionAttributes extends WindowAttributes {
  readonly inputShape?: readonly number[];
  readonly filterShape?: readonly number[];
  readonly activation?: string;
  readonly leakyreluAlpha?: number;
}

const forwardAttributes = (window: Window, group: number) => ({
  ...onnxWindow(window),
  dilations: window.dilations,
  group,
});

/** x with a filter that is already in ONNX's order, optionally with a bias of one number a channel. */
function forward(x: Value, filter: Value, window: Window, group: number, bias?: Value): Value {
  const shape = [window.batch, window.outChannels, ...window.output];
  const inputs = [toChannelsFirst(x, window), filter, bias];
  return fromChannelsFirst(record('Conv', inputs, forwardAttributes(window, group), shape), window);
}

/** Gradient by the input: the transposed convolution. */
function inputGradient(dy: Value, filter: Value, window: Window, group: number): Value {
  const attributes = { ...forwardAttributes(window, group), output_padding: unreached(window) };
  const shape = [window.batch, window.inChannels, ...window.input];
  const errors = toChannelsFirst(dy, window);
  // tf.conv2dTranspose does not check its output shape: what is beyond it counts nowhere.
  const within = slice(
    errors,
    errors.shape.map(() => 0),
    [window.batch, window.outChannels, ...window.output],
  );
  const spread = record('ConvTranspose', [within, filter], attributes, shape);
  return fromChannelsFirst(spread, window);
}

/** Gradient by the filter as [O, I/group, ...kernel], from x and dy laid out as a convolution over the batch. */
function filterCorrelation(x: Value, dy: Value, window: Window, group: number): Value {
  const { input, output, kernel, strides, dilations, before, after } = window;
  const extent = input.map(
    (size, i) =>
      Math.floor((size + before[i] + after[i] - ((output[i] - 1) * strides[i] + 1)) / dilations[i]) + 1,
  );
  const attributes = {
    kernel_shape: output,
    strides: dilations,
    dilations: strides,
    pads: [...before, ...after],
    group,
  };
  const channels = [x.shape[0], dy.shape[0]];
  const correlation = record('Conv', [x, dy], attributes, [...channels, ...extent]);
  return slice(
    correlation,
    correlation.shape.map(() => 0),
    [...channels, ...kernel],
  );
}

/** Axes of a tfjs filter [...kernel, in, out] in ONNX's order [out, in, ...kernel]. */
function onnxFilter(filter: Value): Value {
  const spatial = filter.shape.length - 2;
  return transpose(filter, [spatial + 1, spatial, ...Array.from({ length: spatial }, (_, i) => i)]);
}

/** Biases and slopes of one number a channel, where the channels do not come last. */
function perChannel(weights: Value | undefined, { channelsFirst, input }: Window): Value | undefined {
  return channelsFirst && weights?.shape.length === 1
    ? reshape(weights, [weights.shape[0], ...input.map(() => 1)])
    : weights;
}

function fused(
  { x, filter, bias, preluActivationWeights }: Inputs,
  { activation = 'linear', leakyreluAlpha, ...attributes }: ConvolutionAttributes,
  depthwise: boolean,
): Value {
  const window = convolutionWindow(x.shape, filter.shape, attributes, depthwise);
  const inside = bias?.shape.length === 1 && bias.shape[0] === window.outChannels ? bias : undefined;
  const y = convolve(x, filter, window, depthwise, inside);
  const biased = bias && !inside ? add(y, perChannel(bias, window)!) : y;
  return activate(biased, activation, perChannel(preluActivationWeights, window), leakyreluAlpha);
}

function convolve(x: Value, filter: Value, window: Window, depthwise: boolean, bias?: Value): Value {
  return depthwise
    ? forward(x, groupedFilter(filter), window, window.inChannels, bias)
    : forward(x, onnxFilter(filter), window, 1, bias);
}

/** A depthwise filter [kh, kw, C, M] as ONNX's grouped filter [C M, 1, kh, kw]. */
function groupedFilter(filter: Value): Value {
  const [height, width, channels, multiplier] = filter.shape;
  return reshape(transpose(filter, [2, 3, 0, 1]), [channels * multiplier, 1, height, width]);
}

function inputGradientOf({ dy, filter }: Inputs, attributes: ConvolutionAttributes): Value {
  const window = convolutionWindow(attributes.inputShape!, filter.shape, attributes);
  return inputGradient(dy, onnxFilter(filter), window, 1);
}

function filterGradientOf({ x, dy }: Inputs, attributes: ConvolutionAttributes): Value {
  const window = convolutionWindow(x.shape, attributes.filterShape!, attributes);
  const [images, errors] = [toChannelsBeforeBatch(x, window), toChannelsBeforeBatch(dy, window)];
  // [I, O, ...kernel] -> [...kernel, I, O]
  return transpose(filterCorrelation(images, errors, window, 1), [
    ...window.kernel.map((_, i) => i + 2),
    0,
    1,
  ]);
}

function depthwiseFilterGradient({ x, dy }: Inputs, attributes: ConvolutionAttributes): Value {
  const window = convolutionWindow(x.shape, attributes.filterShape!, attributes, true);
  const { batch, inChannels: channels, outChannels, input, kernel } = window;
  const images = reshape(toChannelsBeforeBatch(x, window), [1, channels * batch, ...input]);
  const gradient = filterCorrelation(images, toChannelsBeforeBatch(dy, window), window, channels);
  return transpose(reshape(gradient, [channels, outChannels / channels, ...kernel]), [2, 3, 0, 1]);
}

const plain =
  (depthwise: boolean) =>
  ({ x, filter }: Inputs, attributes: ConvolutionAttributes): Value =>
    convolve(x, filter, convolutionWindow(x.shape, filter.shape, attributes, depthwise), depthwise);

export const convolutions: Family = {
  Conv2D: plain(false),
  FusedConv2D: (inputs: Inputs, attributes: ConvolutionAttributes) => fused(inputs, attributes, false),
  Conv2DBackpropInput: inputGradientOf,
  Conv2DBackpropFilter: filterGradientOf,
  Conv3D: plain(false),
  Conv3DBackpropInputV2: inputGradientOf,
  Conv3DBackpropFilterV2: filterGradientOf,
  DepthwiseConv2dNative: plain(true),
  FusedDepthwiseConv2D: (inputs: Inputs, attributes: ConvolutionAttributes) =>
    fused(inputs, attributes, true),
  DepthwiseConv2dNativeBackpropInput: ({ dy, filter }: Inputs, attributes: ConvolutionAttributes) => {
    const window = convolutionWindow(attributes.inputShape!, filter.shape, attributes, true);
    return inputGradient(dy, groupedFilter(filter), window, window.inChannels);
  },
  DepthwiseConv2dNativeBackpropFilter: depthwiseFilterGradient,
};
