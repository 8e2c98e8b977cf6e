// The settings of a run, each with its reason, and the presets as overrides.
import { z } from 'zod';
import { cohortDefinition } from '../../data-adapters/heart-failure/cohort/definition.ts';
import { networkKinds, representationNames } from './networks/kinds.ts';

const count = z.int().positive();
const share = z.number().min(0).max(1);

const window = z.strictObject({
  observation: count.describe('days of a record that are seen'),
  gap: z.int().min(0).describe('days before the index date of which nothing is seen'),
});

const simulation = z
  .strictObject({
    cases: count.default(3884).describe('cases, the number of the paper'),
    controlsPerCase: z.number().positive().default(7.44).describe('controls for each case, on average'),
    strength: z
      .number()
      .min(0)
      .default(1)
      .describe('how much stronger disease shows in records than in the paper; 0: not at all'),
    orderShare: share
      .default(0.5)
      .describe('share of the signal that lies in the order and spacing of codes alone'),
  })
  .prefault({})
  .describe('the cohort that is simulated');

const representation = z
  .strictObject({
    leastPatients: count
      .default(50)
      .describe('patients of the training set who must have a code for it to be known'),
    groups: z
      .array(z.string())
      .default([])
      .describe(
        'files that map codes to groups (CCS of AHRQ, or two columns); without, ICD-9-CM codes are grouped by their first three characters',
      ),
    longest: count
      .default(96)
      .describe('steps of a sequence at most, the oldest are left out; the paper reads code by code: 256'),
    codesPerStep: count.default(6).describe('codes in a step; with 1 each code is a step, as in the paper'),
  })
  .prefault({})
  .describe('how records are told to networks');

const training = z
  .strictObject({
    networks: count.default(1).describe('networks of each kind, each from a seed of its own'),
    units: count.default(64).describe('units of recurrent layers; the paper: 100'),
    width: count.default(64).describe('size of the vector of a code; the paper: 100'),
    epochs: count.default(12).describe('passes over the training set, at most'),
    batchSize: count.default(64).describe('patients in a step'),
    learningRate: z.number().positive().default(0.0015).describe('of Adam, at its greatest'),
    weightDecay: z.number().min(0).default(0.03).describe('of Adam, decoupled'),
    dropout: share.max(0.95).default(0.5).describe('share of the last state that a step leaves out'),
    codeDropout: share.max(0.95).default(0.05).describe('share of the codes that a step leaves out'),
    shuffleLabels: z
      .boolean()
      .default(false)
      .describe('learn from labels dealt out at random: a check that nothing leaks, all areas must be 0.5'),
  })
  .prefault({});

const evaluation = z
  .strictObject({
    incidence: share
      .default(0.01)
      .describe(
        'share of people like these who are diagnosed within a year, which risks are corrected to: about 1 % at this age',
      ),
    leadTimes: z
      .array(z.int().min(0))
      .default([0, 30, 60, 90, 180, 270, 365])
      .describe('days before the index date at which records are cut, for the curve of lead times'),
    learningCurve: z
      .array(z.number().positive().max(1))
      .default([])
      .describe('shares of the training set that the leading network is trained on besides'),
  })
  .prefault({});

const source = z
  .strictObject({
    columns: z
      .record(z.string(), z.string())
      .default({})
      .describe('columns of a table of events by what they are: `{ subject: patient_no, time: when }`'),
    memory: z.string().default('1GB').describe('memory that reading records may take; more goes to disk'),
  })
  .prefault({})
  .describe('how records are read');

export const heartFailureConfig = z.strictObject({
  windows: z
    .array(window)
    .min(1)
    .default([
      { observation: 365, gap: 180 },
      { observation: 540, gap: 0 },
    ])
    .describe('what is seen of a record: the two settings of the paper'),
  simulation,
  cohort: cohortDefinition,
  source,
  split: z
    .strictObject({
      chunks: z.int().min(3).default(7).describe('parts of equal size: one for test, one for validation'),
      fold: z.int().min(0).default(0).describe('which part is the test set, from 0'),
    })
    .prefault({}),
  kinds: z
    .array(z.enum(networkKinds))
    .min(1)
    .default(['svm', 'logistic', 'mlp', 'retain', 'gru'])
    .describe('models that are trained; the strongest of them is the one that answers'),
  representations: z
    .array(z.enum(representationNames))
    .min(1)
    .default(['one-hot'])
    .describe(
      'what codes are to a model: themselves, groups of them, or vectors that are learnt from where they stand',
    ),
  timed: z
    .array(z.boolean())
    .min(1)
    .default([true])
    .describe('whether recurrent networks are told the days between steps; both for the comparison'),
  representation,
  training,
  evaluation,
});

export type HeartFailureConfig = z.infer<typeof heartFailureConfig>;

export const presets = {
  quick: {
    simulation: { cases: 1500 },
    windows: [{ observation: 540, gap: 0 }],
    kinds: ['svm', 'logistic', 'mlp', 'gru'],
  },
  standard: { evaluation: { learningCurve: [0.125, 0.25, 0.5] } },
  paper: {
    kinds: ['svm', 'logistic', 'mlp', 'paper-gru'],
    representations: ['one-hot', 'grouped', 'vectors'],
    timed: [false, true],
    representation: { codesPerStep: 1, longest: 256 },
    training: { units: 100, width: 100, epochs: 100, batchSize: 10, dropout: 0.5 },
  },
} as const;
