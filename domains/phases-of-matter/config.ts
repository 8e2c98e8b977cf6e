// The settings of a run, each with its reason, and the presets as overrides.
import { z } from 'zod';
import { areFolds, foldKeys, foldsMistake } from '../folds.ts';
import { confusionSettings } from './studies/confusion/settings.ts';
import { gaugePaper, gaugeSettings } from './studies/gauge/settings.ts';
import { heldOutSettings } from './studies/held-out/settings.ts';
import { pcaSettings } from './studies/pca/settings.ts';
import { squareIcePaper, squareIceSettings } from './studies/square-ice/settings.ts';
import { vaeSettings } from './studies/vae/settings.ts';

const positive = z.number().positive();
const count = z.int().positive();
const share = z.number().min(0).max(1);

const allStudies = [
  'square',
  'triangular',
  'pca',
  'confusion',
  'vae',
  'held-out',
  'square-ice',
  'gauge',
] as const;

export const phasesConfig = z.strictObject({
  studies: z
    .array(z.enum(allStudies))
    .refine((names) => names.includes('square') || !names.includes('triangular'), {
      message: 'triangular shows the networks of square other lattices: add square',
    })
    .refine((names) => names.some((name) => name !== 'pca'), {
      message: 'pca trains no network, and a run is of networks: add another study',
    })
    .default(['square', 'triangular', 'pca', 'square-ice'])
    .describe(
      'what the run finds out: `square`, the phases of the square lattice and its critical temperature; `triangular`, the same networks on lattices that they were not trained on; `pca`, principal components; `confusion`, learning by confusion; `vae`, an autoencoder; `held-out`, networks that never saw the critical region; `square-ice`, whether a network learns the rule of a phase without order; `gauge`, the same for a constraint that no spin and no pair of spins shows',
    ),
  sizes: z
    .array(z.int().min(4).max(1000).multipleOf(2))
    .min(1)
    .default([10, 20, 30, 40])
    .describe('linear sizes L of the square lattices to sample; even, as the exact results want'),
  sampling: z
    .strictObject({
      grid: z
        .enum(['scaled', 'paper'])
        .default('scaled')
        .describe(
          'temperatures to train on: `scaled` is even and symmetric about T_c, within window/L of it, so that every size meets the same problem in units of its own critical region; `paper` is the 40 of Carrasquilla and Melko, T = 1 + 0.06346 i without T_c, for every size',
        ),
      window: positive
        .default(12)
        .describe(
          'half width of the scaled grid times L, J/kB: T_c - window/L to T_c + window/L, at most 1.25 each way',
        ),
      temperatures: z.int().min(4).multipleOf(2).default(40).describe('temperatures of the scaled grid'),
      training: count
        .default(250)
        .describe('training lattices at each temperature for each network, which has its own'),
      validation: count
        .default(250)
        .describe('validation lattices at each for each network, which calibrates its outputs on them'),
      test: count.default(125).describe('test lattices at each, for the accuracy'),
      crossingTemperatures: z
        .int()
        .min(5)
        .default(17)
        .describe('temperatures of a finer test grid about T_c, for the crossing'),
      crossingWindow: positive.default(2.4).describe('half width of that grid times L, J/kB'),
      crossing: count.default(1500).describe('test lattices at each temperature of that grid'),
      sweeps: positive
        .default(3)
        .describe('cluster updates between two lattices of a chain, in flips per spin'),
    })
    .prefault({}),
  triangular: z
    .strictObject({
      lattices: count.default(500).describe('triangular test lattices at each temperature about its T_c'),
    })
    .prefault({}),
  pca: pcaSettings,
  confusion: confusionSettings,
  vae: vaeSettings,
  heldOut: heldOutSettings,
  squareIce: squareIceSettings,
  gauge: gaugeSettings,
  network: z
    .strictObject({
      hiddenUnits: count.default(100).describe('sigmoid units of the hidden layer'),
      l2: z
        .number()
        .min(0)
        .default(5e-4)
        .describe('strength of the penalty on half the squared weights, at L = 10'),
      initialDeviation: positive
        .default(0.1)
        .describe('standard deviation of the truncated normal that weights start from'),
      initialBias: z.number().default(0.1).describe('first value of every bias'),
    })
    .prefault({}),
  training: z
    .strictObject({
      networks: count.default(3).describe('networks of each size, each from a seed of its own'),
      steps: count.default(1000).describe('steps of Adam'),
      batchSize: count.default(256).describe('lattices in a step'),
      learningRate: positive.default(0.03).describe('step size of Adam, at L = 10'),
      augmentation: z
        .boolean()
        .default(true)
        .describe(
          'move every training lattice by one of the 8 L^2 symmetries of the torus, drawn anew each time it is seen: they change no probability, and stand for more lattices',
        ),
      schedule: z.enum(['cosine', 'constant']).default('cosine').describe('the step size over time'),
      scaling: z
        .enum(['inverse-spins', 'none'])
        .default('inverse-spins')
        .describe(
          '`inverse-spins`: step size times 100/N and l2 times N/100 for N spins, so that the input of a hidden unit moves alike for every size; `none`: the same for all, as in the paper',
        ),
    })
    .prefault({}),
  baselines: z
    .strictObject({
      logisticSteps: count.default(300).describe('steps of Adam of the logistic regression'),
    })
    .prefault({}),
  bootstrap: z.int().min(100).default(1000).describe('resamplings behind every interval'),
  source: z
    .strictObject({
      temperatures: z
        .string()
        .optional()
        .describe('file with the temperatures, when they are not in or beside the lattices'),
      size: z.int().min(2).optional().describe('side L, where n rows of n spins may be read in two ways'),
      symmetrise: z
        .boolean()
        .default(true)
        .describe('flip each lattice as a whole with probability 1/2: the energy does not know the sign'),
      training: share.default(0.7).describe('share of the lattices of each temperature to train on'),
      validation: share.default(0.1).describe('share to validate and calibrate on'),
      test: share.default(0.2).describe('share to test on'),
      ...foldKeys,
    })
    .refine(areFolds, foldsMistake)
    .refine(({ training, validation, test }) => training + validation + test <= 1 + 1e-9, {
      message: 'training, validation and test add up to more than 1',
    })
    .prefault({})
    .describe('how to read --source'),
});

export type PhasesConfig = z.infer<typeof phasesConfig>;

/** The author's published recipe (see the README of this folder). */
const recipe = {
  network: { l2: 1e-3 },
  training: {
    steps: 4000,
    batchSize: 1500,
    learningRate: 5e-4,
    schedule: 'constant',
    scaling: 'none',
    augmentation: false,
  },
};

export const presets = {
  quick: {},
  standard: {
    studies: [...allStudies],
    sizes: [10, 20, 30, 40, 60],
    sampling: { training: 1000, validation: 250, test: 250, crossing: 4000 },
    training: { networks: 5, steps: 2000 },
    pca: { training: 500, test: 100 },
    squareIce: { networks: 3, test: 5000 },
  },
  paper: {
    studies: [...allStudies],
    sizes: [10, 20, 30, 40, 60],
    sampling: { grid: 'paper', training: 2500, validation: 250, test: 250, crossing: 4000 },
    ...recipe,
    training: { ...recipe.training, networks: 5 },
    pca: { training: 500, test: 100 },
    squareIce: { ...squareIcePaper, networks: 3 },
    gauge: gaugePaper,
  },
};
