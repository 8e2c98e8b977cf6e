// The settings of a run, each with its reason, and the presets as overrides.
import { z } from 'zod';
import { sidesMultiple } from './networks/restoration.ts';

const count = z.int().positive();
const positive = z.number().positive();
const share = z.number().min(0).max(1);

const images = z
  .strictObject({
    training: count.default(400).describe('simulated galaxies to train on'),
    validation: count
      .default(12)
      .describe('galaxies that tune the classical methods and say how sure the network may be'),
    test: count.default(40).describe('galaxies to measure on'),
    size: z
      .int()
      .min(32)
      .max(976)
      .default(96)
      .describe('side of the images, pixels; what is larger is cut to it about its centre'),
  })
  .prefault({})
  .describe('the images of a run');

const degradation = z
  .strictObject({
    fwhm: z
      .tuple([positive, positive])
      .default([1, 2.8])
      .describe('full widths at half maximum of the blur in training, arcsec, from and to'),
    noise: z
      .tuple([positive, positive])
      .default([0.015, 0.45])
      .describe('standard deviations of the noise in training, nanomaggies per pixel, from and to'),
    mode: z
      .enum(['independent', 'shared'])
      .default('independent')
      .describe(
        'noise of the bands: each its own, as detectors have it, or one field shared by all, as in the code of the paper',
      ),
  })
  .prefault({})
  .describe('how training images are spoiled: one network for the whole range');

const setting = z.strictObject({
  fwhm: positive.describe('blur, arcsec'),
  noise: positive.describe('noise afterwards, in standard deviations of the sky'),
});

const training = z
  .strictObject({
    steps: count.default(320).describe('batches to train on'),
    crop: z
      .int()
      .min(64)
      .default(96)
      .describe(
        'side of the training images, cut from the others at random, pixels; smaller where these or the resolutions of the network ask for it',
      ),
    batchSize: count.default(4).describe('images in a batch'),
    variety: share
      .default(0)
      .describe(
        "share of the training images that are made like other people's: what is learnt has the noise of a recording, of any depth and grain, four in ten are small stamps of distant galaxies, and some are blurred with wings; the others are simulated galaxies without noise, which are learnt in fewer steps",
      ),
    learningRate: positive.default(1e-3).describe('of Adam at its greatest; it rises at first and ends at 0'),
    evaluateEvery: count.default(80).describe('steps between looks at the validation galaxies'),
  })
  .prefault({});

const network = z
  .strictObject({
    kind: z
      .enum(['restoration', 'pix2pix'])
      .default('restoration')
      .describe(
        "one residual U-Net for the whole range of `degradation`, or the paper's conditional GAN, one for each of `settings`",
      ),
    widths: z.array(count).min(1).default([32, 64, 128, 128]).describe('channels at each resolution'),
    blocks: count.default(1).describe('residual blocks at each resolution'),
    tile: z
      .int()
      .min(64)
      .default(128)
      .describe(
        'side of the square that the finished network restores at once, pixels; a multiple of 2 x 2^(number of widths - 1)',
      ),
  })
  .prefault({})
  .describe('the network that restores');

const adversarial = z
  .strictObject({
    weight: z
      .number()
      .min(0)
      .default(0)
      .describe(
        'weight of the verdict of a discriminator in the loss of the residual U-Net; 0 for none: it makes images sharper and less true. The squared error counts about 0.03 once learnt and a verdict about 1: 0.005 weighs it as pix2pix does',
      ),
    width: count.default(32).describe('channels of the first convolution of that discriminator'),
  })
  .prefault({})
  .describe('a discriminator beside the residual U-Net');

const pix2pix = z
  .strictObject({
    levels: z
      .int()
      .min(2)
      .default(8)
      .describe(
        'halvings of the generator; `images.size` must be a multiple of 2^levels; 8 go from 256 px to one place',
      ),
    width: count.default(64).describe('channels of the first level of the generator: 54.4 million weights'),
    dropout: z.number().min(0).lt(1).default(0.5).describe('rate at the three innermost levels; off in use'),
    discriminatorWidth: count.default(64).describe('channels of the first level of the discriminator'),
    halvings: z
      .int()
      .min(0)
      .default(3)
      .describe('halvings of the discriminator: 3 judge patches of 70 x 70 px, 2 of 34 and 1 of 16'),
    lambda: positive.default(100).describe('weight of the mean absolute error beside the verdict'),
    epochs: count.default(20).describe('passes over the training galaxies, for each setting'),
    batchSize: count.default(1).describe('images in a batch'),
    learningRate: positive.default(2e-4).describe('of Adam, for both networks'),
    beta1: share
      .default(0.5)
      .describe("of Adam: less inertia than usual, as the rival's moves change the goal"),
    freshNoise: z
      .boolean()
      .default(true)
      .describe(
        'noise drawn anew in each pass; false for once per galaxy, as the code of the paper stores its pairs',
      ),
  })
  .prefault({})
  .describe("the paper's conditional GAN: a generator and a discriminator for each setting");

export const galaxiesConfig = z
  .strictObject({
    images,
    degradation,
    settings: z
      .strictObject({
        severe: setting.prefault({ fwhm: 2.5, noise: 10 }).describe("the paper's worst"),
        mild: setting.prefault({ fwhm: 1.4, noise: 1.2 }).describe("the default of the paper's code"),
      })
      .prefault({})
      .describe('what the networks are measured on'),
    network,
    training,
    adversarial,
    pix2pix,
    conserveFlux: z
      .number()
      .min(0)
      .default(20)
      .describe(
        'full width at half maximum, pixels, over which sources keep the flux that they had; 0 takes the answer of the network as it is',
      ),
    centred: z
      .boolean()
      .default(true)
      .describe(
        'whether the images that are measured on are cut-outs of galaxies that are known to be in their middle: their brightness is fitted there, as `predict --centred` does',
      ),
    draws: count
      .default(1)
      .describe(
        'times that each image is spoiled anew to be measured on, by other noise: figures are means over them, which tells more of few images',
      ),
    bootstrap: z.int().min(50).default(1000).describe('resamplings of the galaxies behind an interval'),
    source: z
      .strictObject({
        training: share.default(0.8).describe('share of the images to train on'),
        validation: share.default(0.1).describe('share that tunes the baselines'),
        scale: z
          .number()
          .min(0)
          .default(0)
          .describe(
            'nanomaggies in one unit of FITS files; 0 for 1 where BUNIT says nanomaggies, and else what makes the noise 0.025',
          ),
        psf: z
          .string()
          .default('')
          .describe(
            'a file with a PSF for each image, by which it is blurred in place of the Gaussians of the settings',
          ),
        simulated: z
          .int()
          .min(0)
          .default(0)
          .describe('simulated galaxies that are mixed into the training images'),
      })
      .prefault({})
      .describe('how --source is used'),
  })
  .refine(({ source }) => source.training + source.validation < 1, {
    error: 'source.training and source.validation must leave images to measure on: below 1 together',
  })
  .refine(({ network }) => network.tile % sidesMultiple(network) === 0, {
    error: 'network.tile must be a multiple of 2 x 2^(number of network.widths - 1), which halve it',
  })
  .refine(({ images, network }) => images.size >= sidesMultiple(network), {
    error: 'images.size must be 2 x 2^(number of network.widths - 1) at least',
  })
  .refine(
    ({ images, network, pix2pix }) => network.kind !== 'pix2pix' || images.size % 2 ** pix2pix.levels === 0,
    { error: 'images.size must be a multiple of 2^pix2pix.levels, which halve it' },
  );

export type GalaxiesConfig = z.infer<typeof galaxiesConfig>;

export const presets = {
  quick: {},
  standard: {
    images: { training: 1600, validation: 32, test: 100, size: 128 },
    training: { steps: 16000, crop: 96, variety: 1, evaluateEvery: 300 },
  },
  paper: {
    images: { training: 4105, test: 445, size: 256 },
    degradation: { mode: 'shared' },
    network: { kind: 'pix2pix' },
    pix2pix: { freshNoise: false },
    conserveFlux: 0,
    centred: false,
  },
};
