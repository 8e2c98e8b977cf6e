// The classifiers of a run: which network a kind is, what it sees of the pixels, and what its answer means.
import { neg, reshape, softmax, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { committeeColumn } from '../../../core/models/committee-column.ts';
import { modernLenet } from '../../../core/models/image-classifiers.ts';
import { lenet5 } from '../../../core/models/lenet5.ts';
import { mlp } from '../../../core/models/mlp.ts';
import { rowReader } from '../../../core/models/row-reader.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { ClassifierKind } from '../config.ts';
import { columnInput, imageInput, lenetInput } from './classifier-inputs.ts';
import { targetCodes } from './target-codes.ts';

export interface ClassifierChoice {
  readonly kind: ClassifierKind | 'column';
  readonly classes: number;
  readonly dropout: number;
  /** Of a committee's column: pixels across a digit, 0 as it comes. */
  readonly width?: number;
  readonly random: RandomStream;
}

export interface Classifier {
  readonly model: LayersModel;
  /** What the network is given for pixels 0 ... 255 [rows, 28, 28]. */
  input(pixels: Tensor): Tensor;
  /** Whether its answers are distances, small where a class is likely, in place of logits. */
  readonly distances: boolean;
}

/** Units of the perceptron's layer, and of the state of those that read rows. */
const hiddenUnits = 300;
const stateUnits = 128;

/** @throws RangeError when codes for another number of classes than ten are asked for */
export function classifier({ kind, classes, dropout, width = 0, random }: ClassifierChoice): Classifier {
  const own = { classes, dropoutRate: dropout, random };
  const rows = (pixels: Tensor): Tensor => reshape(imageInput(pixels), [-1, 28, 28]);
  switch (kind) {
    case 'lenet5':
      return { model: lenet5(own), input: lenetInput, distances: false };
    case 'lenet5-rbf':
      if (classes !== targetCodes.length)
        throw new RangeError(`classifier: there are codes for ${targetCodes.length} classes, not ${classes}`);
      return { model: lenet5({ ...own, codes: targetCodes }), input: lenetInput, distances: true };
    case 'modern-lenet':
      return { model: modernLenet(own), input: imageInput, distances: false };
    case 'column':
      return {
        model: committeeColumn(own),
        input: (pixels) => columnInput(pixels, width === 0 ? undefined : width),
        distances: false,
      };
    case 'mlp':
      return {
        model: mlp({
          inputs: 784,
          hidden: [hiddenUnits],
          hiddenActivation: 'relu',
          outputs: classes,
          outputActivation: 'linear',
          dropoutRate: dropout,
          random,
        }),
        input: (pixels) => reshape(imageInput(pixels), [-1, 784]),
        distances: false,
      };
    case 'elman':
    case 'gru':
      return {
        model: rowReader({ kind, rows: 28, width: 28, units: stateUnits, classes, random }),
        input: rows,
        distances: false,
      };
  }
}

/** The network's answers for pixels: logits or distances [rows, classes]. */
export const answers = ({ model, input }: Classifier, pixels: Tensor, training: boolean): Tensor =>
  model.apply(input(pixels), { training }) as Tensor;

/** Probabilities from them; of distances as equation 9 has it, "none of these" left out. */
export const probabilities = ({ distances }: Classifier, given: Tensor): Tensor =>
  softmax(distances ? neg(given) : given);
