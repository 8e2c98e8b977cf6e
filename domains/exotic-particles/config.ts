// The settings of a run, each with its reason, and the presets as overrides.
import { z } from 'zod';
import { areFolds, foldKeys, foldsMistake } from '../folds.ts';
import { networkKinds } from './networks/kinds.ts';
import { featureGroups, generatedProblems, problemNames } from './problems.ts';

const count = z.int().positive();
const positive = z.number().positive();
const share = z.number().min(0).max(1);

const events = z
  .strictObject({
    training: count.default(450_000).describe('events to train on'),
    validation: count.default(10_000).describe('events that decide when to stop, and where to cut'),
    test: count.default(40_000).describe('events to measure on'),
  })
  .prefault({})
  .describe('generated events, signal and background together');

const training = z
  .strictObject({
    networks: count.default(1).describe('networks of each kind and group, each from a seed of its own'),
    recipe: z
      .enum(['adam', 'paper'])
      .default('adam')
      .describe(
        '`adam`: Adam with decoupled weight decay, its step size ending at 0; `paper`: SGD whose rate falls by each batch and whose momentum rises by each pass, until validation no longer improves',
      ),
    epochs: z
      .int()
      .min(0)
      .default(0)
      .describe(
        'passes over the training events, at most; 0 for as many as show a network at most 900,000 events, 1 to 20',
      ),
    batchSize: count.default(512).describe('events in a step'),
    learningRate: z
      .number()
      .min(0)
      .default(0)
      .describe(
        "of Adam, at its greatest; 0 for the kind's own, 0.02 without and with one hidden layer, 0.003 with several",
      ),
    weightDecay: z.number().min(0).default(0.01).describe('of Adam, decoupled'),
    dropout: share
      .max(0.95)
      .default(0)
      .describe('share of the units of the top hidden layer that a step leaves out'),
    balance: z
      .boolean()
      .default(true)
      .describe(
        'where events have weights of their own: scale them so that signal and background weigh the same in training; figures are always of the weights as they are',
      ),
  })
  .prefault({});

const significance = z
  .strictObject({
    signal: positive.default(100).describe('signal events expected before any cut'),
    background: positive.default(1000).describe('background events expected before any cut'),
    uncertainty: z
      .number()
      .min(0)
      .default(0.05)
      .describe('standard error of the background, as a share of it'),
  })
  .prefault({})
  .describe("yields of the paper's significance");

const names = z.array(z.string());

const source = z
  .strictObject({
    search: z
      .enum(['auto', ...problemNames])
      .default('auto')
      .describe(
        'what a file holds: `higgs` and `susy` of UCI, `atlas` of the HiggsML challenge, `table` for the columns named below; `auto` tells by the columns',
      ),
    low: names.default([]).describe('of a table: measured features, columns or expressions'),
    high: names.default([]).describe('of a table: derived features, columns or expressions'),
    label: z.string().default('').describe("of a table: the label's column"),
    signal: z
      .union([z.number(), z.string()])
      .default(1)
      .describe('number or word of the label that marks signal; what is not signal is background'),
    weight: z
      .string()
      .default('')
      .describe("the weight's column or expression; the file's own, or 1, when empty"),
    signalTree: z
      .string()
      .default('')
      .describe('of a ROOT file that keeps its classes apart: the tree of the signal'),
    backgroundTree: z.string().default('').describe('and the tree of the background'),
    observers: names.default([]).describe('columns to keep and not to train on'),
    cuts: names.default([]).describe('expressions that an event must pass: `lepton_pT > 0.5`'),
    derived: z
      .record(z.string(), z.string())
      .default({})
      .describe('new columns by expression: `{ dphi: abs(lepton_phi - missing_energy_phi) }`'),
    missing: z.array(z.number()).default([]).describe('numbers that stand for missing values, such as -999'),
    parameter: z
      .string()
      .default('')
      .describe(
        "a feature that is a parameter of the theory, the mass of its particle say: networks of every group see it, and in training background has one drawn from the signal's (Baldi et al. 2016)",
      ),
    split: z
      .enum(['hash', 'order'])
      .default('hash')
      .describe(
        '`hash`: by the values of an event, so that copies of it stay together; `order`: the first rows train, the next validate, the rest test, as in the paper',
      ),
    training: z
      .number()
      .positive()
      .default(0.7)
      .describe('share of the events to train on; rows, for `order`'),
    validation: z.number().min(0).default(0.1).describe('share to validate on; rows, for `order`'),
    ...foldKeys,
  })
  .refine(areFolds, foldsMistake)
  .refine(({ split, folds }) => folds === 0 || split === 'hash', {
    error: 'folds are dealt by the values of events: set split to hash',
    path: ['split'],
  })
  .prefault({})
  .describe('how --source is read');

export const collisionsConfig = z
  .strictObject({
    problems: z
      .array(z.enum(generatedProblems))
      .min(1)
      .default(['higgs'])
      .describe(
        'collisions to generate: `higgs`, heavy Higgs bosons among top quarks; `susy`, charginos among W',
      ),
    groups: z
      .array(z.enum(featureGroups))
      .min(1)
      .default([...featureGroups])
      .describe('what networks see: `low`, measured features; `high`, derived ones; `complete`, both'),
    kinds: z
      .array(z.enum(networkKinds))
      .min(1)
      .default([...networkKinds])
      .describe(
        "`logistic`: no hidden layer; `shallow` and `deep`: the paper's one and four layers of tanh units; `standard`: the strongest, with residual blocks",
      ),
    events,
    shallow: z
      .strictObject({ units: count.default(300).describe('tanh units of the hidden layer') })
      .prefault({}),
    deep: z
      .strictObject({
        layers: count.default(4).describe('hidden layers'),
        units: count.default(300).describe('tanh units of each'),
      })
      .prefault({}),
    standard: z
      .strictObject({
        settings: z
          .enum(['auto', 'few-events', 'many-events', 'plenty-of-events'])
          .default('auto')
          .describe(
            'width, dropout, step size and weight decay as validation events chose them, for 4,199 and 40,568 real and 450,000 generated training events; `auto` divides at 15,000 and 150,000',
          ),
        epochs: z
          .int()
          .min(0)
          .default(0)
          .describe("passes over the training events; 0 for the settings' own: 10, 12 and 3"),
        members: count
          .default(1)
          .describe('networks in one, trained side by side, whose logits are averaged'),
      })
      .prefault({})
      .describe('the network of kind `standard`'),
    training,
    significance,
    systematics: z.boolean().default(true).describe('shift the detector up and down, and show what it does'),
    importance: z
      .strictObject({
        events: z
          .int()
          .min(0)
          .default(2000)
          .describe('test events whose columns are dealt anew; 0 leaves it out'),
        repeats: count.default(2).describe('deals of each column'),
      })
      .prefault({}),
    bootstrap: z.int().min(50).default(100).describe('resamplings behind an interval that has no formula'),
    source,
  })
  .refine(({ source }) => source.split === 'order' || source.training + source.validation < 1, {
    error: 'source.training and source.validation must leave events to test on: below 1 together',
  });

export type CollisionsConfig = z.infer<typeof collisionsConfig>;

export const presets = {
  quick: { deep: { units: 150 } },
  standard: {
    problems: [...generatedProblems],
    events: { training: 600_000, validation: 50_000, test: 100_000 },
    training: { networks: 2, epochs: 4 },
  },
  paper: {
    problems: [...generatedProblems],
    events: { training: 10_000_000, validation: 500_000, test: 500_000 },
    training: { networks: 5, recipe: 'paper', epochs: 200, batchSize: 100 },
    source: { split: 'order', training: 10_000_000, validation: 500_000 },
  },
};
