// The settings of a run: what a table's columns mean, as `deepfield fit` infers and writes it, and how is learnt from them.
import { z } from 'zod';
import { columnSchema, type TableSchema, tasks } from '../../data-adapters/own-table/schema.ts';
import { areFolds, foldKeys, foldsMistake } from '../folds.ts';
import { sampleSchema } from './sample-schema.ts';

const count = z.int().positive();
const share = z.number().min(0).max(1);

const split = z
  .strictObject({
    training: share.default(0.64).describe('share of the rows to train on'),
    validation: share.default(0.16).describe('share that decides when to stop, and how strong penalties are'),
    by: z
      .enum(['random', 'order'])
      .default('random')
      .describe(
        '`order`: the first rows train, the next validate, the last test, for tables in the order of time',
      ),
    ...foldKeys,
  })
  .refine(areFolds, foldsMistake)
  .prefault({});

const missing = z
  .strictObject({
    words: z
      .array(z.string())
      .default([])
      .describe(
        'words that stand for a missing value besides an empty cell, NA, NaN, null, none and ?: ["-999"]',
      ),
    fill: z
      .enum(['median', 'mean', 'zero'])
      .default('median')
      .describe('what stands in place of a missing number or date, of the training rows'),
    indicator: z.boolean().default(true).describe('tell the networks which values are missing'),
  })
  .prefault({});

const network = z
  .strictObject({
    hidden: z.array(count).min(1).default([64, 64]).describe('rectified units of each hidden layer'),
    bins: z
      .int()
      .min(0)
      .default(8)
      .describe(
        'bins of the piecewise-linear encoding of each number and date, beside its value; 0 for the value alone',
      ),
    members: count.default(3).describe('networks in one, trained side by side, whose answers are averaged'),
    dropout: share.max(0.95).default(0.2).describe('share of the hidden units that a step leaves out'),
    weightDecay: z.number().min(0).default(0.1).describe('of AdamW, decoupled'),
    learningRate: z.number().positive().default(0.003).describe('of AdamW, at its greatest'),
    batchSize: z
      .int()
      .min(0)
      .default(0)
      .describe('rows in a step; 0 for 32 to 512, a sixteenth of the training rows'),
    epochs: z
      .int()
      .min(0)
      .default(0)
      .describe('passes over the training rows, at most; 0 for as many as show 150,000 rows, 4 to 100'),
  })
  .prefault({})
  .describe('the multilayer perceptron');

export const ownTableConfig = z
  .strictObject({
    target: z.string().default('').describe('column that is predicted'),
    task: z
      .enum(tasks)
      .default('classification')
      .describe('whether the target is one of some classes or a number'),
    classes: z
      .array(z.string())
      .default([])
      .describe(
        'of a classification, in order; of two the last is the positive one; rows of others are left out',
      ),
    group: z
      .string()
      .default('')
      .describe('column whose equal values stay on one side of the split, a patient say; none when empty'),
    columns: z
      .array(columnSchema)
      .default([])
      .describe(
        'every other column: name, kind (number, category, date, ignore) and, of a category, its words; written by "deepfield fit", and the sample table when empty',
      ),
    header: z
      .enum(['auto', 'yes', 'no'])
      .default('auto')
      .describe(
        'whether the first line of a text names the columns; `auto`: when none of its cells is a number',
      ),
    sample: z
      .strictObject({ rows: z.int().min(200).default(2000).describe('rows of the generated table') })
      .prefault({})
      .describe('where no file is given'),
    split,
    missing,
    network,
    linear: z
      .strictObject({
        penalties: z
          .array(z.number().min(0))
          .min(1)
          .default([1e-4, 1e-3, 1e-2])
          .describe('strengths of sum W^2 that are tried; validation rows choose'),
      })
      .prefault({})
      .describe('logistic or linear regression'),
    neighbours: z
      .strictObject({
        k: z
          .array(count)
          .min(1)
          .default([5, 15, 50])
          .describe('numbers of neighbours that are tried; validation rows choose'),
        rows: z
          .int()
          .min(0)
          .default(4000)
          .describe('training rows that neighbours are sought among, at most; 0 leaves the method out'),
      })
      .prefault({}),
    importance: z
      .strictObject({
        rows: z
          .int()
          .min(0)
          .default(2000)
          .describe('test rows whose columns are dealt anew, at most; 0 leaves it out'),
        repeats: z.int().min(2).default(5).describe('deals of each column'),
      })
      .prefault({}),
    bootstrap: z
      .int()
      .min(50)
      .default(400)
      .describe('resamplings of the test rows, or groups, behind an interval'),
  })
  .refine(
    ({ split: { training, validation } }) => training > 0 && validation > 0 && training + validation < 1,
    {
      error:
        'split.training and split.validation must both be above 0 and leave rows to test on: below 1 together',
      path: ['split'],
    },
  );

export type OwnTableConfig = z.infer<typeof ownTableConfig>;

export const presets = {
  quick: {},
  standard: { network: { hidden: [128, 128], members: 5 }, bootstrap: 1000 },
  paper: { network: { hidden: [256, 256, 256], members: 10, dropout: 0.3 }, bootstrap: 2000 },
};

/** The schema of a run: of its settings, or of the sample table where they have none. */
export const schemaOf = ({ target, task, classes, group, columns }: OwnTableConfig): TableSchema =>
  columns.length === 0 ? sampleSchema : { target, task, classes, group, columns };
