// The layers of tfjs-layers, each as a small network: the table of layers.test.ts.
import type { Tensor } from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../../../core/random.ts';
import { type Draw, draw } from './kernel-cases.ts';

export interface LayerCase {
  readonly name: string;
  /** Shapes of the inputs, batch included. */
  readonly inputs: readonly (readonly number[])[];
  /** Draws whole numbers below this instead of normal ones: inputs that are indices. */
  readonly classes?: number;
  /** Applies the layers. */
  readonly network: (...inputs: SymbolicTensor[]) => SymbolicTensor | SymbolicTensor[];
  /** False where tfjs has no gradient, of the layer or by what it is given. */
  readonly gradient?: boolean;
  readonly training?: boolean;
}

/** The network for the batch of the case. */
export const build = ({ inputs, network }: LayerCase): LayersModel => {
  const symbols = inputs.map((batchShape) => input({ batchShape: [...batchShape] }));
  return model({ inputs: symbols, outputs: network(...symbols) });
};

/** The network for any number of rows. */
export const buildOpen = ({ inputs, network }: LayerCase): LayersModel => {
  const symbols = inputs.map((batchShape) => input({ shape: batchShape.slice(1) }));
  return model({ inputs: symbols, outputs: network(...symbols) });
};

/** Gives the network weights that are the same in every run. */
export function drawWeights(network: LayersModel, random: RandomStream): void {
  network.setWeights(
    network.weights.map(({ shape, name }) => {
      // Variances must not be negative.
      const from: Draw = name.includes('variance') ? (r) => 0.5 + r.uniform() : (r) => 0.5 * r.normal();
      return draw(random, shape as number[], from);
    }),
  );
}

type Layer = layers.Layer;

/** One layer on one input. */
const single = (
  name: string,
  shape: readonly number[],
  layer: () => Layer,
  extra: Partial<LayerCase> = {},
): LayerCase => ({
  name,
  inputs: [shape],
  network: (x) => layer().apply(x) as SymbolicTensor,
  ...extra,
});

/** One layer on inputs of one shape. */
const merge = (name: string, layer: () => Layer, shape: readonly number[] = [2, 3, 4]): LayerCase => ({
  name,
  inputs: [shape, shape],
  network: (...xs) => layer().apply(xs) as SymbolicTensor,
});

const image = [2, 6, 5, 3];
const volume = [2, 4, 5, 4, 2];
const sequence = [2, 5, 3];

const activations = [
  'elu',
  'hardSigmoid',
  'linear',
  'relu',
  'relu6',
  'selu',
  'sigmoid',
  'softmax',
  'softplus',
  'softsign',
  'tanh',
  'swish',
  'mish',
  'gelu',
  'gelu_new',
] as const;

type RecurrentOptions = Readonly<Record<string, unknown>>;

const recurrentOptions: Readonly<Record<string, RecurrentOptions>> = {
  'by default': {},
  'all steps': { returnSequences: true },
  'backwards, without bias': { goBackwards: true, useBias: false },
  unrolled: { unroll: true, returnSequences: true },
  'relu and sigmoid': { activation: 'relu', recurrentActivation: 'sigmoid' },
  'implementation 2': { implementation: 2 },
};

const recurrent = ['simpleRNN', 'gru', 'lstm'] as const;

const recurrentCases: LayerCase[] = recurrent.flatMap((kind) => [
  ...Object.entries(recurrentOptions)
    .filter(([, options]) => kind !== 'simpleRNN' || !('implementation' in options))
    .map(([name, { recurrentActivation, ...options }]) =>
      single(`${kind} ${name}`, sequence, () =>
        layers[kind]({
          units: 4,
          ...options,
          ...(kind === 'simpleRNN' || recurrentActivation === undefined ? {} : { recurrentActivation }),
        } as never),
      ),
    ),
  {
    name: `${kind} with its state`,
    inputs: [sequence],
    network: (x: SymbolicTensor) =>
      layers[kind]({ units: 4, returnState: true }).apply(x) as SymbolicTensor[],
  },
  {
    name: `${kind} over masked steps`,
    inputs: [[2, 5]],
    classes: 4,
    network: (x: SymbolicTensor) => {
      const embedded = layers.embedding({ inputDim: 4, outputDim: 3, maskZero: true }).apply(x);
      return layers[kind]({ units: 4 }).apply(embedded) as SymbolicTensor;
    },
  },
  ...(['concat', 'sum', 'mul', 'ave'] as const).map((mergeMode) =>
    single(`bidirectional ${kind}, ${mergeMode}`, sequence, () =>
      layers.bidirectional({
        layer: layers[kind]({ units: 2, returnSequences: true }) as never,
        mergeMode: mergeMode as never,
      }),
    ),
  ),
]);

const pools: LayerCase[] = [
  single('maxPooling1d', sequence, () => layers.maxPooling1d({ poolSize: 2 })),
  single('averagePooling1d', sequence, () => layers.averagePooling1d({ poolSize: 2, strides: 1 })),
  single('maxPooling2d same', image, () => layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' })),
  single('averagePooling2d', image, () => layers.averagePooling2d({ poolSize: [2, 3] })),
  single('maxPooling3d', volume, () => layers.maxPooling3d({ poolSize: 2 } as never)),
  single('averagePooling3d', volume, () => layers.averagePooling3d({ poolSize: 2 } as never)),
  single('globalAveragePooling1d', sequence, () => layers.globalAveragePooling1d({})),
  single('globalMaxPooling1d', sequence, () => layers.globalMaxPooling1d({})),
  single('globalAveragePooling2d', image, () => layers.globalAveragePooling2d({})),
  single('globalMaxPooling2d', image, () => layers.globalMaxPooling2d({})),
];

const convolutions: LayerCase[] = [
  single('conv1d same, tanh', sequence, () =>
    layers.conv1d({ filters: 4, kernelSize: 2, padding: 'same', activation: 'tanh' }),
  ),
  single('conv1d strided', sequence, () => layers.conv1d({ filters: 4, kernelSize: 3, strides: 2 })),
  single('conv2d same, relu', image, () =>
    layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' }),
  ),
  single('conv2d strided, without bias', image, () =>
    layers.conv2d({ filters: 4, kernelSize: [3, 2], strides: 2, useBias: false }),
  ),
  single('conv2d dilated', image, () => layers.conv2d({ filters: 2, kernelSize: 2, dilationRate: 2 }), {
    // tfjs has no gradient of dilated convolutions.
    gradient: false,
  }),
  single('conv3d', volume, () => layers.conv3d({ filters: 3, kernelSize: 2, padding: 'same' })),
  single('conv2dTranspose', image, () =>
    layers.conv2dTranspose({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }),
  ),
  single('conv2dTranspose valid', image, () => layers.conv2dTranspose({ filters: 2, kernelSize: 3 })),
  single('conv3dTranspose', volume, () => layers.conv3dTranspose({ filters: 2, kernelSize: 2, strides: 2 }), {
    // tfjs has no gradient of it.
    gradient: false,
  }),
  single('separableConv2d', image, () =>
    layers.separableConv2d({ filters: 4, kernelSize: 3, depthMultiplier: 2 }),
  ),
  single('depthwiseConv2d', image, () =>
    layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same' }),
  ),
  single('convLstm2d', [2, 3, 5, 4, 2], () => layers.convLstm2d({ filters: 2, kernelSize: 2 } as never)),
];

const shapes: LayerCase[] = [
  single('flatten', image, () => layers.flatten()),
  single('reshape', image, () => layers.reshape({ targetShape: [10, 9] })),
  single('permute', image, () => layers.permute({ dims: [3, 1, 2] })),
  single('repeatVector', [2, 4], () => layers.repeatVector({ n: 3 })),
  single('zeroPadding2d', image, () =>
    layers.zeroPadding2d({
      padding: [
        [1, 2],
        [0, 3],
      ],
    }),
  ),
  single('cropping2D', image, () =>
    layers.cropping2D({
      cropping: [
        [1, 2],
        [0, 1],
      ],
    }),
  ),
  single('upSampling2d nearest', image, () => layers.upSampling2d({ size: [2, 3] })),
  single('upSampling2d bilinear', image, () =>
    layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' } as never),
  ),
  single('rescaling', image, () => layers.rescaling({ scale: 0.5, offset: -1 })),
  single('masking', sequence, () => layers.masking({ maskValue: 0 }), { gradient: false }),
];

export const layerCases: readonly LayerCase[] = [
  single('dense', [3, 4], () => layers.dense({ units: 5 })),
  single('dense over the last axis', sequence, () => layers.dense({ units: 5, useBias: false })),
  ...activations.map((activation) =>
    single(`activation ${activation}`, [3, 4], () => layers.activation({ activation: activation as never })),
  ),
  single('reLU bounded', [3, 4], () => layers.reLU({ maxValue: 0.5 })),
  single('leakyReLU', [3, 4], () => layers.leakyReLU({ alpha: 0.2 })),
  single('prelu', [3, 4], () => layers.prelu()),
  single('elu', [3, 4], () => layers.elu()),
  single('thresholdedReLU', [3, 4], () => layers.thresholdedReLU({ theta: 0.4 }), { gradient: false }),
  single('softmax', [3, 4], () => layers.softmax()),
  ...convolutions,
  ...pools,
  ...shapes,
  single('embedding', [2, 5], () => layers.embedding({ inputDim: 7, outputDim: 3 }), { classes: 7 }),
  single('batchNormalization at work', image, () => layers.batchNormalization()),
  single('batchNormalization in training', image, () => layers.batchNormalization(), { training: true }),
  single('batchNormalization of rows', [6, 4], () => layers.batchNormalization(), { training: true }),
  single('layerNormalization', sequence, () => layers.layerNormalization()),
  single('layerNormalization over two axes', sequence, () => layers.layerNormalization({ axis: [1, 2] })),
  merge('add', () => layers.add()),
  merge('average', () => layers.average()),
  merge('multiply', () => layers.multiply()),
  merge('maximum', () => layers.maximum()),
  merge('minimum', () => layers.minimum()),
  merge('concatenate', () => layers.concatenate({ axis: 1 })),
  merge('dot', () => layers.dot({ axes: 1 }), [3, 4]),
  merge('dot of matrices, normalised', () => layers.dot({ axes: 2, normalize: true } as never)),
  ...recurrentCases,
  single('rnn of stacked cells', sequence, () =>
    layers.rnn({ cell: [layers.gruCell({ units: 3 }), layers.lstmCell({ units: 2 })] } as never),
  ),
  single('timeDistributed dense', sequence, () =>
    layers.timeDistributed({ layer: layers.dense({ units: 4 }) as never }),
  ),
];

/** Whatever a network answers, as a list. */
export const outputsOf = (result: Tensor | Tensor[]): Tensor[] => [result].flat();
