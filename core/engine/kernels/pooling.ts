// Maximum and average pooling of images and volumes and their gradients. ONNX has no pooling gradients among its
// inference operators: the maximum's is a scatter of dy to the positions that MaxPool reports, the average's a grouped
// transposed convolution with a constant filter.
import { fill, flatten, reshape } from '../graph/operators.ts';
import { constant, record, recordNode, type Value } from '../graph/value.ts';
import { sizeOf } from '../tensor-data.ts';
import type { Family } from './lowering.ts';
import {
  fromChannelsFirst,
  onnxWindow,
  poolWindow,
  toChannelsFirst,
  unreached,
  type Window,
} from './window.ts';

type Inputs = Readonly<Record<string, Value>>;
type PoolAttributes = Parameters<typeof poolWindow>[1];

const outputShape = ({ batch, outChannels, output }: Window): number[] => [batch, outChannels, ...output];

const pool =
  (op: string, attributes: Readonly<Record<string, number>> = {}) =>
  ({ x }: Inputs, given: PoolAttributes): Value => {
    const window = poolWindow(x.shape, given);
    const all = { ...onnxWindow(window), ...attributes };
    return fromChannelsFirst(record(op, [toChannelsFirst(x, window)], all, outputShape(window)), window);
  };

function maxPoolGradient({ dy, input }: Inputs, attributes: PoolAttributes): Value {
  const window = poolWindow(input.shape, attributes);
  const shape = outputShape(window);
  const x = toChannelsFirst(input, window);
  const [, positions] = recordNode('MaxPool', [x], onnxWindow(window), [
    { shape, dtype: 'float32' },
    { shape, dtype: 'int64' },
  ]);
  const zeros = fill([sizeOf(x.shape)], 0, 'float32');
  const errors = flatten(toChannelsFirst(dy, window));
  const add = { axis: 0, reduction: 'add' };
  const scattered = record('ScatterElements', [zeros, flatten(positions), errors], add);
  return fromChannelsFirst(reshape(scattered, x.shape), window);
}

/** tfjs divides by the whole window, also where it overlaps the padding; so does this. */
function averagePoolGradient({ dy, input }: Inputs, attributes: PoolAttributes): Value {
  const window = poolWindow(input.shape, attributes);
  const { batch, inChannels, kernel } = window;
  const volume = sizeOf(kernel);
  const share = new Float32Array(inChannels * volume).fill(1 / volume);
  const filter = constant(share, [inChannels, 1, ...kernel], 'float32');
  const spread = { ...onnxWindow(window), group: inChannels, output_padding: unreached(window) };
  const shape = [batch, inChannels, ...window.input];
  return fromChannelsFirst(
    record('ConvTranspose', [toChannelsFirst(dy, window), filter], spread, shape),
    window,
  );
}

const average = pool('AveragePool', { count_include_pad: 0 });

export const pooling: Family = {
  MaxPool: pool('MaxPool'),
  AvgPool: average,
  MaxPool3D: pool('MaxPool'),
  AvgPool3D: average,
  MaxPoolGrad: maxPoolGradient,
  AvgPoolGrad: averagePoolGradient,
  MaxPool3DGrad: maxPoolGradient,
  AvgPool3DGrad: averagePoolGradient,
};
