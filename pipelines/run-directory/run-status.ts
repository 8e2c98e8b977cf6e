// status.json: what a run was asked to do and which of its stages are done. It is the file that makes a directory a
// run, so it is written last when one is created.
import { z } from 'zod';
import { presetNames } from '../../domains/domain.ts';
import { readJson, writeJson } from './json-file.ts';
import type { RunLayout } from './layout.ts';

/** The stages of a run, in order. */
export const stageNames = ['prepare', 'train', 'evaluate', 'report'] as const;
export type StageName = (typeof stageNames)[number];

export const runStatusSchema = z.object({
  /** Version of this file's shape. */
  version: z.literal(1),
  domain: z.string(),
  /** Absolute path of its module, where it is the user's own. */
  from: z.string().optional(),
  preset: z.enum(presetNames),
  seed: z.int(),
  device: z.string(),
  threads: z.int().positive(),
  /** Path that `--source` named; null for the domain's own simulation. */
  source: z.string().nullable(),
  created: z.string(),
  /** When each stage that is done was finished. */
  finished: z.partialRecord(z.enum(stageNames), z.string()),
  /** Seconds that each stage has taken, over all resumes. */
  seconds: z.partialRecord(z.enum(stageNames), z.number()),
});

export type RunStatus = z.infer<typeof runStatusSchema>;

/** Seconds behind a run's results. */
export const wallSeconds = ({ seconds: { prepare = 0, train = 0, evaluate = 0 } }: RunStatus): number =>
  prepare + train + evaluate;

export const readStatus = (paths: RunLayout): Promise<RunStatus> =>
  readJson(paths.status, runStatusSchema, 'give the directory of a run');

export const writeStatus = (paths: RunLayout, status: RunStatus): Promise<void> =>
  writeJson(paths.status, status);
