// shards.json: a prediction that is divided among processes, written before anything starts: one table by its rows, or many files, each
// answered by a file, by their number. What is answered stands whole under its name or not at all, so that the same command goes on.
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import type { Domain } from '../../domains/domain.ts';
import { makeFolder } from '../run-directory/create-run.ts';
import { readJson, writeJson } from '../run-directory/json-file.ts';
import type { Batch } from '../sweep/batch.ts';
import { batchOfShards, shardName } from './shard-batch.ts';

const shardPlanSchema = z.object({
  version: z.literal(1),
  /** Absolute path of the run that is asked. */
  run: z.string(),
  /** Where its domain is, for one of the user's own. */
  from: z.string().optional(),
  kind: z.enum(['rows', 'files']),
  /** Absolute paths of what is asked about. */
  files: z.array(z.string()).min(1),
  shards: z.int().min(2),
  /** Of rows: the ending of each shard's file. */
  ending: z.string(),
  /** The domain's own options. */
  options: z.unknown().optional(),
});
export type ShardPlan = z.infer<typeof shardPlanSchema>;

export const shardPlanPath = (folder: string): string => join(folder, 'shards.json');

export const readShardPlan = (folder: string): Promise<ShardPlan> =>
  readJson(shardPlanPath(folder), shardPlanSchema, 'give the folder of a prediction with --shards');

/** What a shard writes. @param shard from 1 */
export function shardOutputs(folder: string, plan: ShardPlan, { predict }: Domain, shard: number): string[] {
  if (plan.kind === 'rows') return [join(folder, `${shardName(shard)}${plan.ending}`)];
  return filesOfShard(plan, shard).map((file) =>
    join(folder, predict.files?.nameOf(basename(file), plan.options) ?? basename(file)),
  );
}

/** The files that a shard answers. @param shard from 1 */
export const filesOfShard = ({ files, shards }: ShardPlan, shard: number): string[] =>
  files.filter((_, i) => i % shards === shard - 1);

/** Writes the plan, or finds that it is the one that is there. @throws UserError when it is another */
export async function openShards(folder: string, plan: ShardPlan): Promise<void> {
  await makeFolder(folder);
  if (!existsSync(shardPlanPath(folder))) {
    await writeJson(shardPlanPath(folder), plan);
    return;
  }
  const old = await readShardPlan(folder);
  const now = JSON.parse(JSON.stringify(plan)) as ShardPlan;
  const changed = (Object.keys(plan) as (keyof ShardPlan)[]).find(
    (key) => !isDeepStrictEqual(old[key], now[key]),
  );
  if (changed === undefined) return;
  throw new UserError({
    what: `a prediction with other ${changed} stands here`,
    where: folder,
    how: 'finish that one, remove the folder, or name another with --out',
  });
}

/** A prediction in shards as launchers see it. */
export const shardBatch = (folder: string, plan: ShardPlan, domain: Domain): Promise<Batch> =>
  batchOfShards({
    folder,
    verb: 'predict-shard',
    reads: [plan.run, ...plan.files, ...(plan.from === undefined ? [] : [resolve(plan.from)])],
    shards: plan.shards,
    wanted: (shard) => shardOutputs(folder, plan, domain, shard).length,
    written: (shard) => shardOutputs(folder, plan, domain, shard).filter((path) => existsSync(path)).length,
  });
