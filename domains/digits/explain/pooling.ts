// Pooling of 2 x 2 px with a stride of 2, the largest and the mean, on 4 x 4 numbers (the example of CS231n, Stanford, "Convolutional
// Neural Networks: Pooling Layer").
import '../../../core/engine/tfjs.ts';
import { avgPool, grad, maxPool, sum, type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Explanation } from '../../explanation.ts';
import { grid, inRows } from './number-table.ts';

export const featureMap = [
  [1, 1, 2, 4],
  [5, 6, 7, 8],
  [3, 2, 1, 0],
  [1, 2, 3, 4],
] as const;

/** The map pooled in both ways, and where the gradient of the largest goes. */
export const pooled = (): { largest: number[][]; mean: number[][]; gradient: number[][] } =>
  tidy(() => {
    const map = tensor4d(featureMap.flat(), [1, 4, 4, 1]);
    const largest = (x: Tensor4D): Tensor4D => maxPool(x, 2, 2, 'valid');
    return {
      largest: inRows(largest(map).dataSync(), 2),
      mean: inRows(avgPool(map, 2, 2, 'valid').dataSync(), 2),
      gradient: inRows(grad((x) => sum(largest(x as Tensor4D)))(map).dataSync(), 4),
    };
  });

export function explainPooling(): Explanation {
  const { largest, mean, gradient } = pooled();
  const blocks = largest.flatMap((row, y) =>
    row.map((value, x) => {
      const block = [0, 1].flatMap((i) => [0, 1].map((j) => featureMap[2 * y + i][2 * x + j]));
      return [`row ${y + 1}, column ${x + 1}`, block.join(', '), `${value}`, `${mean[y][x]}`];
    }),
  );
  return {
    title: 'Pooling',
    sections: [
      {
        title: 'Four numbers become one',
        text: [
          'A window of 2 x 2 goes over the feature map in steps of 2. Max-pooling keeps the largest of its four numbers, mean-pooling their mean. A quarter of the numbers is left and nothing is learned.',
          'LeNet-5 adds the four up, multiplies the sum by a weight, adds a bias (both learned, one of each a map) and squashes it: 2 parameters for every map.',
        ],
        tables: [
          grid('Feature map, 4 x 4', featureMap),
          grid('Max-pooling, by tfjs', largest),
          grid('Mean-pooling, by tfjs', mean),
          { title: 'Window by window', head: ['place', 'its four numbers', 'largest', 'mean'], rows: blocks },
        ],
      },
      {
        title: 'What it is for, and what comes back through it',
        text: [
          'A stroke that moves by a pixel within its window changes nothing after it. On the way back the gradient goes to the largest of the four alone; the others, which changed nothing, get none. A deconvolutional network (Zeiler and Fergus 2014) remembers these places as switches.',
        ],
        tables: [grid('Gradient of the sum of the maxima, by tfjs', gradient)],
      },
    ],
  };
}
