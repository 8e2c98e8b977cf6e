// Maximum and average pooling and their gradients, in tfjs's NHWC order. ONNX has no pooling gradients among its
// inference operators: the maximum's is a scatter of dy to the positions that MaxPool reports, the average's a grouped
// transposed convolution with a constant filter.
import { backend_util } from '@tensorflow/tfjs-core';
import { fill, flatten, reshape } from '../graph/operators.ts';
import { constant, record, recordNode, type Value } from '../graph/value.ts';
import { sizeOf } from '../tensor-data.ts';
import { toNCHW, toNHWC } from './convolution.ts';
import type { Family } from './lowering.ts';

type Inputs = Readonly<Record<string, Value>>;
type Pair = [number, number] | number;
type Info = backend_util.Conv2DInfo;

interface PoolAttributes {
  filterSize: Pair;
  strides: Pair;
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

const describe = (
  shape: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: PoolAttributes,
): Info =>
  backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );

const window = ({ filterHeight, filterWidth, strideHeight, strideWidth, padInfo }: Info) => ({
  kernel_shape: [filterHeight, filterWidth],
  strides: [strideHeight, strideWidth],
  pads: [padInfo.top, padInfo.left, padInfo.bottom, padInfo.right],
});

const outputShape = (info: Info): number[] => [
  info.batchSize,
  info.outChannels,
  info.outHeight,
  info.outWidth,
];

function maxPoolGradient({ dy, input }: Inputs, attributes: PoolAttributes): Value {
  const info = describe(input.shape, attributes);
  const shape = outputShape(info);
  const x = toNCHW(input);
  const [, positions] = recordNode('MaxPool', [x], window(info), [
    { shape, dtype: 'float32' },
    { shape, dtype: 'int64' },
  ]);
  const zeros = fill([sizeOf(x.shape)], 0, 'float32');
  const scattered = record('ScatterElements', [zeros, flatten(positions), flatten(toNCHW(dy))], {
    axis: 0,
    reduction: 'add',
  });
  return toNHWC(reshape(scattered, x.shape));
}

/** tfjs divides by the whole window, also where it overlaps the padding; so does this. */
function averagePoolGradient({ dy, input }: Inputs, attributes: PoolAttributes): Value {
  const info = describe(input.shape, attributes);
  const { filterHeight, filterWidth, inChannels } = info;
  const area = filterHeight * filterWidth;
  const filterShape = [inChannels, 1, filterHeight, filterWidth];
  const filter = constant(new Float32Array(inChannels * area).fill(1 / area), filterShape, 'float32');
  const { padInfo } = info;
  const missing = [
    info.inHeight - ((info.outHeight - 1) * info.strideHeight + filterHeight - padInfo.top - padInfo.bottom),
    info.inWidth - ((info.outWidth - 1) * info.strideWidth + filterWidth - padInfo.left - padInfo.right),
  ];
  const shape = [info.batchSize, inChannels, info.inHeight, info.inWidth];
  const spread = { ...window(info), group: inChannels, output_padding: missing };
  return toNHWC(record('ConvTranspose', [toNCHW(dy), filter], spread, shape));
}

export const pooling: Family = {
  MaxPool: ({ x }: Inputs, attributes: PoolAttributes) => {
    const info = describe(x.shape, attributes);
    return toNHWC(record('MaxPool', [toNCHW(x)], window(info), outputShape(info)));
  },
  AvgPool: ({ x }: Inputs, attributes: PoolAttributes) => {
    const info = describe(x.shape, attributes);
    const spread = { ...window(info), count_include_pad: 0 };
    return toNHWC(record('AveragePool', [toNCHW(x)], spread, outputShape(info)));
  },
  MaxPoolGrad: maxPoolGradient,
  AvgPoolGrad: averagePoolGradient,
};
