// Handwritten digits: the networks that a course begins with, each small enough to be seen through.
import { defineDomain } from '../domain.ts';
import { digitsConfig, presets } from './config.ts';
import { ensemble } from './ensemble.ts';
import { evaluate } from './evaluate.ts';
import { figures } from './figures.ts';
import { isColumn, isComponents } from './networks/names.ts';
import { open } from './open.ts';
import { predict } from './predict.ts';
import { publicData } from './public-data.ts';
import { recognise } from './recognise.ts';
import { simulate } from './simulate.ts';
import { train } from './train.ts';

/** The network that stands for the run: a column of the committee, or a LeNet-5, or whatever there is. */
const primaryModel = (ids: readonly string[]): string =>
  ids.find(isColumn) ??
  ids.find((id) => id.includes('lenet')) ??
  ids.find((id) => !isComponents(id)) ??
  ids[0];

export const domain = defineDomain({
  name: 'digits',
  title: 'Handwritten digits: autoencoders, LeNet-5 and a committee',
  summary:
    'Digits are drawn by a simulator, or read from files of the MNIST kind or folders of pictures. ' +
    'Autoencoders pass them through codes of a few numbers, beside principal components; LeNet-5 of 1998, recurrent networks and a committee of small convolutional networks call them by name. ' +
    'Errors stand beside the papers and beside Keras and scikit-learn, with pictures of what the networks have learned.',
  paper: {
    citation:
      'Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, Gradient-based learning applied to document recognition, Proceedings of the IEEE 86, 2278 (1998)',
    doi: '10.1109/5.726791',
  },
  config: digitsConfig,
  presets,
  simulate,
  open,
  sources: [
    'a folder with the IDX files of MNIST, Fashion-MNIST or EMNIST, gzipped or not, or the beginning of their names',
    'a folder of pictures, those of one class in a folder of its own, or named by it; train/ and test/ above where they are told apart',
  ],
  recognise,
  publicData,
  train,
  ensemble,
  evaluate,
  figures,
  primaryModel,
  predict,
});
