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
  /** `t0003-s1`: its trial and its seed. */
  id: z.string(),
  trial: z.int().positive(),
  seed: z.int(),
  /** What it sets besides, by path. */
  values: z.record(z.string(), z.unknown()),
  /** Its run directory, relative to the sweep's. */
  run: z.string(),
});
export type SweepElement = z.infer<typeof elementSchema>;

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
  elements: z.array(elementSchema),
});
export type SweepPlan = z.infer<typeof sweepPlanSchema>;

/** The paths of one sweep. */
export interface SweepLayout {
  readonly root: string;
  readonly plan: string;
  /** Mark of the launcher that works on it. */
  readonly lock: string;
  readonly runs: string;
  /** What each element's process wrote. */
  readonly logs: string;
  /** Elements that failed for good, a file each. */
  readonly failures: string;
  readonly csv: string;
  readonly parquet: string;
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
    failures: at('failures'),
    csv: at('sweep.csv'),
    parquet: at('sweep.parquet'),
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
