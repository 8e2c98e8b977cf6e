// deepfield predict-shard: one shard of a prediction, what a launcher starts.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { findRun } from '../../run-directory/find-run.ts';
import { shardNumber } from '../../shards/shard-batch.ts';
import { filesOfShard, readShardPlan, type ShardPlan, shardOutputs } from '../../shards/shard-plan.ts';
import { openRun } from '../../stages/run.ts';
import { stageContext } from '../../stages/work.ts';
import type { CliContext } from '../context.ts';
import { onLeash } from '../leash.ts';
import { type WorkOptions, workOf } from '../work-of.ts';

export interface PredictShardOptions extends WorkOptions {
  readonly leash?: boolean;
}

async function answer(
  cli: CliContext,
  folder: string,
  plan: ShardPlan,
  shard: number,
  options: PredictShardOptions,
): Promise<void> {
  const run = await openRun(await findRun(plan.run), cli.registry);
  const work = await workOf(cli, { threads: run.status.threads, ...options });
  const models = await work.openModels(run.paths, work.device);
  const context = { ...stageContext(run, 'predict', work), models };
  const outputs = shardOutputs(folder, plan, run.domain, shard);
  const { table, files } = run.domain.predict;
  if (plan.kind === 'rows') {
    if (existsSync(outputs[0])) return cli.log(`${basename(outputs[0])} is written already`);
    const part = { index: shard - 1, of: plan.shards };
    const scored = await table!.score(plan.files[0], outputs[0], context, undefined, part);
    return cli.log(`${scored.rows} rows in ${outputs[0]}`);
  }
  for (const [i, file] of filesOfShard(plan, shard).entries()) {
    work.signal.throwIfAborted();
    if (existsSync(outputs[i])) continue;
    const { text, warnings } = await files!.answer(file, outputs[i], plan.options, context);
    for (const warning of warnings) cli.log(`${file}: ${warning}`);
    cli.log(`${file}: ${text} -> ${outputs[i]}`);
  }
}

/** @param word number from 1, or `part-0001` */
export async function predictShard(
  cli: CliContext,
  folder: string,
  word: string,
  options: PredictShardOptions,
): Promise<void> {
  const plan = await readShardPlan(folder);
  await cli.openDomains(plan.from);
  const shard = shardNumber(word, plan.shards, folder);
  await onLeash(cli, options, 'prediction', (own) => answer(own, folder, plan, shard, options));
}
