// ensemble.json of a run: what its networks were made of.
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readJson } from '../run-directory/json-file.ts';
import type { RunLayout } from '../run-directory/layout.ts';

const memberSchema = z.object({
  /** Its run directory, absolute. */
  run: z.string(),
  seed: z.int(),
  preset: z.string(),
  /** Of a sweep's run: what it was chosen by, on validation data. */
  objective: z.number().optional(),
  /** The first of its test figures, for a comparison. */
  figure: z.object({ label: z.string(), value: z.number() }).optional(),
});

const ensembleSchema = z.object({
  version: z.literal(1),
  /** Words after `deepfield ensemble` that make it again, but for --out. */
  words: z.array(z.string()),
  members: z.array(memberSchema).min(2),
});
export type EnsembleRecord = z.infer<typeof ensembleSchema>;
export type EnsembleMember = z.infer<typeof memberSchema>;

/** Undefined for a run that was trained. */
export async function readEnsemble({ ensemble }: RunLayout): Promise<EnsembleRecord | undefined> {
  if (!existsSync(ensemble)) return undefined;
  return readJson(ensemble, ensembleSchema, 'make the ensemble again');
}
