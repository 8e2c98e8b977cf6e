// A 3 x 3 convolution worked by hand, on the image of 5 x 5 px that the course uses (after A. Ng et al., UFLDL Tutorial, "Feature
// extraction using convolution"), beside what tfjs computes.
import '../../../core/engine/tfjs.ts';
import { conv2d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Explanation } from '../../explanation.ts';
import { grid, inRows } from './number-table.ts';

export const image = [
  [1, 1, 1, 0, 0],
  [0, 1, 1, 1, 0],
  [0, 0, 1, 1, 1],
  [0, 0, 1, 1, 0],
  [0, 1, 1, 0, 0],
] as const;

export const kernel = [
  [1, 0, 1],
  [0, 1, 0],
  [1, 0, 1],
] as const;

/** The convolution without padding, as networks mean it: the kernel is not turned over. */
export const convolved = (): number[][] =>
  tidy(() => {
    const map = conv2d(
      tensor4d(image.flat(), [1, 5, 5, 1]),
      tensor4d(kernel.flat(), [3, 3, 1, 1]),
      1,
      'valid',
    );
    return inRows(map.dataSync(), 3);
  });

/** The nine products of one place, and their sum. */
const sumAt = (y: number, x: number): [string, string] => {
  const products = kernel.flatMap((row, i) => row.map((weight, j) => [weight, image[y + i][x + j]] as const));
  const text = products.map(([weight, pixel]) => `${weight}*${pixel}`).join(' + ');
  return [text, `${products.reduce((sum, [weight, pixel]) => sum + weight * pixel, 0)}`];
};

export function explainConvolution(): Explanation {
  const map = convolved();
  const sums = map.flatMap((row, y) => row.map((_, x) => [`row ${y + 1}, column ${x + 1}`, ...sumAt(y, x)]));
  return {
    title: 'Convolution',
    sections: [
      {
        title: 'One kernel over one image',
        text: [
          'A kernel of 3 x 3 weights is laid on every place of the image where it fits. What stands under it is multiplied by its weights and added up; the sums are the feature map.',
          'An image of n x n and a kernel of k x k give (n - k) / s + 1 places along each side at a stride of s: here (5 - 3) / 1 + 1 = 3. With p zeros put around the image it is (n - k + 2 p) / s + 1.',
        ],
        tables: [
          grid('Image, 5 x 5', image),
          grid('Kernel, 3 x 3', kernel),
          grid('Feature map, by tfjs', map),
        ],
      },
      {
        title: 'The nine sums',
        text: [
          'Weight times pixel, row by row of the kernel. Every sum uses the same nine weights: that is all that is learned.',
        ],
        tables: [
          { title: 'Each place of the feature map', head: ['place', 'weight * pixel', 'sum'], rows: sums },
        ],
      },
      {
        title: 'Why it suits images',
        text: [
          'Weights are shared: what is learned about an edge in one corner holds in every other. Connections are local: a feature sees its neighbourhood. A digit that moves by a pixel moves its feature map by a pixel and changes nothing else.',
        ],
      },
    ],
  };
}
