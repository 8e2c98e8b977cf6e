// sweep.json: what a sweep does, written before anything starts: its settings, its parameters, and every element with its values
// and its run directory. It is all that a launcher, a collector and a person have to read.
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { presetNames } from '../../domains/domain.ts';
import { readJson } from '../run-directory/json-file.ts';
import { type RunLayout, runLayout } from '../run-directory/layout.ts';
import { objectiveSchema } from './collect/objective.ts';
import { strategyNames } from './draw-trials.ts';

const elementSchema = z.object({
  /** `t0003-s1`: its trial and its seed; `t0003-s1-f2` for the second fold, `t0003-s1-r2` on the second rung. */
  id: z.string(),
  trial: z.int().positive(),
  seed: z.int(),
  /** Of a cross-validation: the part that it is tested on, from 1. */
  fold: z.int().positive().optional(),
  /** Of successive halving, from 1. */
  rung: z.int().positive().optional(),
  /** What it sets besides, by path. */
  values: z.record(z.string(), z.unknown()),
  /** Its run directory, relative to the sweep's. */
  run: z.string(),
});
export type SweepElement = z.infer<typeof elementSchema>;

/** Successive halving: rungs, of which the plan's elements are the first. */
const halvingSchema = z.object({
  /** The setting that grows. */
  path: z.string(),
  /** Of how many trials one goes on. */
  reduction: z.int().min(2),
  /** Value of the setting at each rung. */
  budgets: z.array(z.number()).min(2),
  /** Trials at each rung. */
  places: z.array(z.int().positive()).min(2),
  /** Trials that go on from their checkpoints when promoted; the others are trained anew. */
  continued: z.array(z.int().positive()),
});
export type Halving = z.infer<typeof halvingSchema>;

const sweepPlanSchema = z.object({
  /** Version of this file's shape. */
  version: z.literal(1),
  domain: z.string(),
  /** Absolute path of its module, where it is the user's own. */
  from: z.string().optional(),
  preset: z.enum(presetNames),
  /** `--set` of every element, as given. */
  set: z.array(z.string()),
  /** Absolute path of `--config`. */
  config: z.string().nullable(),
  /** The settings that result from these, before an element's values. */
  base: z.unknown(),
  /** Absolute path of `--source`. */
  source: z.string().nullable(),
  device: z.string(),
  strategy: z.enum(strategyNames),
  /** Of the draws, and of the first run of each trial; the others have the next ones. */
  seed: z.int(),
  seeds: z.int().positive(),
  trials: z.int().positive(),
  parameters: z.array(z.object({ path: z.string(), spec: z.string() })),
  objective: objectiveSchema,
  /** Of a cross-validation: parts of the data, each tested on by a run of its own, for each trial and seed. */
  folds: z.int().min(2).optional(),
  halving: halvingSchema.optional(),
  elements: z.array(elementSchema),
});
export type SweepPlan = z.infer<typeof sweepPlanSchema>;

/** Runs of each trial: one for each seed and fold. */
export const runsOfTrial = ({ seeds, folds = 1 }: Pick<SweepPlan, 'seeds' | 'folds'>): number =>
  seeds * folds;

/** The paths of one sweep. */
export interface SweepLayout {
  readonly root: string;
  readonly plan: string;
  /** Mark of the launcher that works on it. */
  readonly lock: string;
  readonly runs: string;
  /** What each element's process wrote. */
  readonly logs: string;
  /** Of successive halving: who was promoted, a file a rung. */
  readonly rungs: string;
  /** Elements that failed for good, a file each. */
  readonly failures: string;
  readonly csv: string;
  readonly parquet: string;
  /** Of a cross-validation: a row a trial, with means over the folds. */
  readonly folds: string;
  readonly report: string;
}

export function sweepLayout(root: string): SweepLayout {
  const at = (name: string): string => join(root, name);
  return {
    root,
    plan: at('sweep.json'),
    lock: at('sweep.lock'),
    runs: at('runs'),
    logs: at('logs'),
    rungs: at('rungs'),
    failures: at('failures'),
    csv: at('sweep.csv'),
    parquet: at('sweep.parquet'),
    folds: at('folds.csv'),
    report: at('report.html'),
  };
}

/** A sweep that is on disk. */
export interface Sweep {
  readonly paths: SweepLayout;
  readonly plan: SweepPlan;
}

export const elementRun = ({ paths }: Sweep, { run }: SweepElement): RunLayout =>
  runLayout(isAbsolute(run) ? run : join(paths.root, run));

/** @throws UserError when the folder holds no sweep or its plan was damaged */
export async function readSweep(root: string): Promise<Sweep> {
  const paths = sweepLayout(root);
  const plan = await readJson(paths.plan, sweepPlanSchema, 'give the directory of a sweep');
  return { paths, plan };
}
