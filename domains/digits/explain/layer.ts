// How many numbers a layer learns: dense against convolutional on an image of 400 x 400 px in three colours. Convolutions are built by
// tfjs and counted; a dense layer of 480,000 inputs is counted by its formula, which a small one is built to check.
import '../../../core/engine/tfjs.ts';
import { layers, type Shape } from '@tensorflow/tfjs-layers';
import type { Explanation } from '../../explanation.ts';
import { whole } from './number-table.ts';

export const imageShape = [400, 400, 3] as const;

/** Weights and biases of a dense layer. */
export const denseParameters = (inputs: number, units: number): number => inputs * units + units;

export interface BuiltConvolution {
  readonly parameters: number;
  /** Height, width and maps of what comes out. */
  readonly shape: readonly number[];
}

/** Builds a convolution on the image and counts what it learns. */
export function buildConvolution(filters: number, kernelSize: number, strides = 1): BuiltConvolution {
  const layer = layers.conv2d({ filters, kernelSize, strides });
  const shape: Shape = [null, ...imageShape];
  layer.build(shape);
  const parameters = layer.countParams();
  const [, ...out] = layer.computeOutputShape(shape) as number[];
  for (const weight of layer.weights) weight.dispose();
  return { parameters, shape: out };
}

export function explainLayer(): Explanation {
  const inputs = imageShape.reduce((a, b) => a * b, 1);
  const dense = [10, 100, 1000].map((units) => {
    const parameters = denseParameters(inputs, units);
    return [
      `dense, ${whole(units)} units`,
      `${whole(inputs)} x ${whole(units)} + ${whole(units)}`,
      whole(parameters),
      whole(units),
      whole(parameters - units),
    ];
  });
  const convolutions = (
    [
      [6, 5, 1],
      [32, 3, 1],
      [64, 3, 1],
      [96, 7, 2],
    ] as const
  ).map(([filters, side, stride]) => {
    const { parameters, shape } = buildConvolution(filters, side, stride);
    const [height, width] = shape;
    return [
      `${filters} kernels ${side} x ${side}${stride > 1 ? `, stride ${stride}` : ''}`,
      `(${side} x ${side} x 3 + 1) x ${filters}`,
      whole(parameters),
      `${height} x ${width} x ${filters}`,
      whole((parameters - filters) * height * width),
    ];
  });
  return {
    title: 'Layers: dense against convolutional',
    sections: [
      {
        title: 'An image of 400 x 400 x 3',
        text: [
          `A dense layer joins each of the ${whole(inputs)} numbers of the image to each of its units by a weight of its own. A convolutional layer lays the same few weights on every place.`,
          'The weights of a convolution do not depend on the size of the image; its work does: multiplications are weights times places.',
        ],
        tables: [
          {
            title: 'Parameters',
            head: ['layer', 'weights + biases', 'parameters', 'numbers out', 'multiplications'],
            rows: [...dense, ...convolutions],
          },
        ],
      },
      {
        title: 'What this means',
        text: [
          `A hundred dense units learn ${whole(denseParameters(inputs, 100))} numbers, ${whole(Math.round((4 * denseParameters(inputs, 100)) / 1e6))} MB in float32, and would need to see every object at every place. ${whole(buildConvolution(32, 3).parameters)} parameters make 32 feature maps of the whole image.`,
        ],
      },
    ],
  };
}
