// Losses on few training images and on validation images, by themselves, with dropout and with weight decay.
import type { Plot } from '../../domain.ts';
import type { LossPoint } from '../evaluation/curves.ts';

export const overfittingPlot = (losses: readonly LossPoint[]): Plot => ({
  id: 'overfitting',
  title: 'Too few images: what dropout and weight decay do',
  caption:
    'The same perceptron on the same few images. Solid, the loss that training lowers, with the penalty of weight decay and what dropout leaves out; dashed, the loss on validation images. Where the dashed line turns up while the solid one falls, the network learns its images by heart; its lowest point is where early stopping would stop.',
  vegaLite: {
    data: { values: losses },
    mark: { type: 'line', strokeWidth: 1.75 },
    encoding: {
      x: { field: 'epoch', type: 'quantitative', title: 'passes over the training images' },
      y: { field: 'loss', type: 'quantitative', title: 'cross-entropy', scale: { type: 'log' } },
      color: { field: 'network', type: 'nominal', title: null },
      strokeDash: {
        field: 'on',
        type: 'nominal',
        sort: ['training', 'validation'],
        title: null,
      },
    },
  },
});
