// The settings of a run, each with its reason, and the presets as overrides.
import { z } from 'zod';

const count = z.int().positive();
const positive = z.number().positive();
const schedules = ['cosine', 'constant'] as const;
const share = z.number().min(0).max(1);
const name = z
  .string()
  .regex(/^(?!pca-|committee)[a-z][a-z0-9-]*$/, {
    message: 'expected small letters, digits and -, and nothing that begins with pca- or committee',
  })
  .describe('name of the network in the run: small letters, digits and -');

export const autoencoderSettings = z.strictObject({
  name,
  kind: z
    .enum(['dense', 'convolutional'])
    .default('dense')
    .describe('dense layers, or three convolutions with pooling whose code has 128 numbers'),
  code: count.max(784).default(32).describe('length of the code'),
  hidden: z
    .array(count)
    .default([])
    .describe('units of the layers before the code; those after it are the same in reverse'),
  codeActivation: z
    .enum(['relu', 'sigmoid', 'linear'])
    .default('relu')
    .describe('activation of the code; kl wants sigmoid'),
  tied: z.boolean().default(false).describe('decode with the weights of the encoder, transposed'),
  l1: z
    .number()
    .min(0)
    .default(0)
    .describe(
      'strength of the L1 penalty on the code, a mean over images of the sum over units, as in Keras',
    ),
  kl: z
    .number()
    .min(0)
    .default(0)
    .describe('strength of the divergence of the mean activity of each code unit from klTarget'),
  klTarget: share.gt(0).lt(1).default(0.05).describe('mean activity that kl asks for'),
  noise: z
    .number()
    .min(0)
    .default(0)
    .describe(
      'standard deviation of noise on the pixels seen, which are 0 to 1; what is to be given back has none',
    ),
  epochs: count.default(50).describe('passes over the training set'),
  learningRate: positive.optional().describe('of this one; that of autoencoding when left out'),
  schedule: z.enum(schedules).optional().describe('of its learning rate; that of autoencoding when left out'),
});

export const classifierKinds = ['lenet5', 'lenet5-rbf', 'modern-lenet', 'mlp', 'elman', 'gru'] as const;
export type ClassifierKind = (typeof classifierKinds)[number];

export const classifierSettings = z.strictObject({
  name,
  kind: z
    .enum(classifierKinds)
    .describe(
      '`lenet5`, that of 1998 with a softmax; `lenet5-rbf` with its fixed codes; `modern-lenet`, ReLU and pooling by maxima; `mlp`, one layer of 300 units; `elman` and `gru` read the digit row by row',
    ),
  epochs: count.default(14).describe('passes over the training set'),
  batchSize: count.default(128).describe('images in a step'),
  learningRate: positive.default(0.002).describe('of Adam, at its greatest; it ends at 0'),
  distortions: z
    .boolean()
    .default(false)
    .describe('move, turn, stretch and bend each image anew in each pass'),
  dropout: share.max(0.95).default(0).describe('share of dense units that a step leaves out'),
  weightDecay: z
    .number()
    .min(0)
    .default(0)
    .describe('strength of the penalty on half the squares of weights'),
  images: count.optional().describe('training images, all without: few of them show overfitting'),
});

const uniqueNames = (networks: readonly { readonly name: string }[]): boolean =>
  new Set(networks.map((network) => network.name)).size === networks.length;
const distinct = { message: 'two networks have one name' };

const plain = { name: 'autoencoder', code: 32 };
// Adam's step size as in the course. The course's ReLU in the code leaves a third to a half of its units dead, by chance of the start.
const deep = {
  name: 'deep-autoencoder',
  code: 32,
  hidden: [128, 64],
  codeActivation: 'linear',
  epochs: 100,
  learningRate: 0.001,
  schedule: 'constant',
};
const planar = {
  name: 'planar-autoencoder',
  code: 2,
  hidden: [128, 64],
  codeActivation: 'linear',
  epochs: 30,
};
const sparse = { name: 'sparse-autoencoder', code: 32, l1: 1e-4 };

const lenet = { name: 'lenet5', kind: 'lenet5', distortions: true } as const;
/** The same perceptron on few images: by itself, with dropout, and with weight decay. */
const overfitting = (images: number, epochs: number) =>
  [
    { name: 'few-images', images, epochs },
    { name: 'few-images-dropout', images, epochs, dropout: 0.5 },
    { name: 'few-images-weight-decay', images, epochs, weightDecay: 1e-3 },
  ].map((network) => ({ ...network, kind: 'mlp' as const }));

export const digitsConfig = z.strictObject({
  rendering: z
    .strictObject({
      train: count.default(12_000).describe('digits that are drawn to learn from and to validate on'),
      test: count.default(2000).describe('digits that are drawn to measure on'),
    })
    .prefault({})
    .describe('the digits that are drawn where no --source is given'),
  validation: share
    .gt(0)
    .max(0.5)
    .default(0.03)
    .describe(
      'share of the training images that is kept from training, for curves and for the warning below',
    ),
  autoencoders: z
    .array(autoencoderSettings)
    .min(1)
    .refine(uniqueNames, distinct)
    .refine((all) => all.every(({ kl, codeActivation }) => kl === 0 || codeActivation === 'sigmoid'), {
      message: 'kl compares shares: set codeActivation to sigmoid',
    })
    .prefault([plain, deep, sparse, planar])
    .describe('the autoencoders; the first says of an image that is asked about how strange it is'),
  autoencoding: z
    .strictObject({
      batchSize: count.default(256).describe('images in a step'),
      learningRate: positive
        .default(0.003)
        .describe('of Adam, at the start; the course has 0.001 throughout'),
      schedule: z
        .enum(schedules)
        .default('cosine')
        .describe('let the learning rate end at 0 by a cosine, or keep it, as the course does'),
    })
    .prefault({})
    .describe('how autoencoders learn'),
  components: z
    .array(count.max(784))
    .default([2, 32])
    .describe('numbers of principal components to set beside the autoencoders'),
  classifiers: z
    .array(classifierSettings)
    .refine(uniqueNames, distinct)
    .prefault([lenet, ...overfitting(1000, 100)])
    .describe('the classifiers; the first is asked where there is no committee'),
  committee: z
    .strictObject({
      columns: z
        .int()
        .min(0)
        .max(35)
        .default(3)
        .describe('convolutional networks whose answers are averaged'),
      widths: z
        .array(z.int().min(0).max(28))
        .min(1)
        .default([0])
        .describe('width in pixels that each column in turn brings digits to; 0 leaves them as they are'),
      epochs: count.default(10).describe('passes over the training set'),
      batchSize: count.default(128).describe('images in a step'),
      learningRate: positive.default(0.003).describe('of Adam, at its greatest'),
      dropout: share.max(0.95).default(0.3).describe('share of dense units that a step leaves out'),
    })
    .prefault({})
    .describe('the committee of small convolutional networks'),
  distortion: z
    .strictObject({
      rotation: z.number().min(0).max(180).default(10).describe('greatest turn, degrees'),
      scale: share.max(0.5).default(0.1).describe('greatest change of width and height, a share'),
      shear: share.default(0.1).describe('greatest shear, pixels sideways for a pixel up'),
      shift: z.number().min(0).default(1.5).describe('greatest shift, pixels'),
      alpha: z
        .number()
        .min(0)
        .default(8)
        .describe(
          'size of the elastic fields, pixels: smoothed noise from -1 to 1 times this; Simard et al. have 34, for hundreds of passes',
        ),
      sigma: positive.default(4).describe('standard deviation of the Gaussian that smooths them, pixels'),
    })
    .prefault({})
    .describe('how images are distorted, for networks that are trained so'),
  evaluation: z
    .strictObject({
      neighbours: count.default(3).describe('k of the nearest neighbours'),
      neighbourQueries: count.default(1000).describe('test images that neighbours are looked up for'),
      resamplings: count.default(1000).describe('of the bootstrap over test images'),
      warnAbove: share
        .default(0.99)
        .describe(
          'quantile of the reconstruction errors of validation images above which an image is called strange',
        ),
    })
    .prefault({}),
});

export type DigitsConfig = z.infer<typeof digitsConfig>;
export type AutoencoderSettings = z.infer<typeof autoencoderSettings>;
export type ClassifierSettings = z.infer<typeof classifierSettings>;

export const presets = {
  quick: {
    autoencoders: [
      { ...plain, epochs: 10 },
      { ...deep, epochs: 20, learningRate: 0.003, schedule: 'cosine' },
      { ...sparse, epochs: 10 },
      { ...planar, epochs: 10 },
    ],
    autoencoding: { batchSize: 64, learningRate: 0.003 },
    classifiers: [{ ...lenet, distortions: false, epochs: 8, batchSize: 64 }, ...overfitting(300, 40)],
    committee: { columns: 0 },
  },
  standard: {},
  paper: {
    autoencoders: [
      plain,
      deep,
      { ...sparse, epochs: 100 },
      planar,
      { name: 'tied-autoencoder', code: 32, tied: true },
      { name: 'kl-autoencoder', code: 32, codeActivation: 'sigmoid', kl: 0.01 },
      { name: 'denoising-autoencoder', code: 32, hidden: [128, 64], noise: 0.5 },
      { name: 'convolutional-autoencoder', kind: 'convolutional' },
    ],
    classifiers: [
      { ...lenet, epochs: 20 },
      { name: 'lenet5-rbf', kind: 'lenet5-rbf', epochs: 20 },
      { name: 'lenet5-plain', kind: 'lenet5', epochs: 20 },
      { name: 'modern-lenet', kind: 'modern-lenet', distortions: true, dropout: 0.3 },
      { name: 'mlp', kind: 'mlp' },
      { name: 'elman', kind: 'elman' },
      { name: 'gru', kind: 'gru' },
      ...overfitting(1000, 100),
    ],
    committee: { columns: 35, widths: [0, 10, 12, 14, 16, 18, 20] },
  },
} as const;
