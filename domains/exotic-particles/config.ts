// The settings of a run, each with its reason, and the presets as overrides.
import { z } from 'zod';
import { featureGroups, networkKinds, problemNames } from './problems.ts';

const count = z.int().positive();
const positive = z.number().positive();

const settingsOf = (layers: number) =>
  z
    .strictObject({
      layers: count.default(layers).describe('hidden layers of tanh units'),
      units: count.default(300).describe('units of each hidden layer'),
    })
    .prefault({});

export const collisionsConfig = z.strictObject({
  problems: z
    .array(z.enum(problemNames))
    .min(1)
    .default(['higgs'])
    .describe('`higgs`: heavy Higgs bosons against pairs of top quarks; `susy`: charginos against pairs of W'),
  groups: z
    .array(z.enum(featureGroups))
    .min(1)
    .default([...featureGroups])
    .describe('what networks see: `low`, measured features; `high`, derived ones; `complete`, both'),
  kinds: z
    .array(z.enum(networkKinds))
    .min(1)
    .default([...networkKinds])
    .describe('networks to train: `logistic` has no hidden layer, `shallow` one, `deep` several'),
  events: z
    .strictObject({
      training: count.default(60_000).describe('events to train on'),
      validation: count.default(10_000).describe('events that decide when to stop'),
      test: count.default(20_000).describe('events to measure on'),
    })
    .prefault({}),
  shallow: settingsOf(1),
  deep: settingsOf(4),
  training: z
    .strictObject({
      networks: count.default(1).describe('networks of each kind and group, each from a seed of its own'),
      recipe: z
        .enum(['adam', 'paper'])
        .default('adam')
        .describe(
          '`adam`: Adam with weight decay, the step size ending at 0 by a cosine; `paper`: SGD whose rate falls by each batch and whose momentum rises by each pass',
        ),
      epochs: count.default(10).describe('passes over the training events, at most'),
      batchSize: count.default(256).describe('events in a step'),
      learningRate: positive.default(0.001).describe('of Adam, at the start'),
      weightDecay: z.number().min(0).default(0.01).describe('of Adam, decoupled'),
      dropout: z
        .number()
        .min(0)
        .max(0.95)
        .default(0)
        .describe('share of the units of the top hidden layer left out of each step'),
    })
    .prefault({}),
  significance: z
    .strictObject({
      signal: positive.default(100).describe('signal events expected before any cut'),
      background: positive.default(1000).describe('background events expected before any cut'),
      uncertainty: z.number().min(0).default(0.05).describe('relative error of the background'),
    })
    .prefault({})
    .describe("the yields of the paper's significance"),
  bootstrap: z.int().min(100).default(200).describe('resamplings behind the interval of a significance'),
});

export type CollisionsConfig = z.infer<typeof collisionsConfig>;

export const presets = {
  quick: {},
  standard: {
    problems: [...problemNames],
    events: { training: 300_000, validation: 50_000, test: 100_000 },
    training: { networks: 3, epochs: 12 },
  },
  paper: {
    problems: [...problemNames],
    events: { training: 10_000_000, validation: 500_000, test: 500_000 },
    training: { networks: 5, recipe: 'paper', epochs: 200, batchSize: 100 },
  },
};
