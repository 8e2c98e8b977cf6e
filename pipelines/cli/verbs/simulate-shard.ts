// deepfield simulate-shard: one shard of a run's simulation, what a launcher starts. It makes the blocks that are not there yet.
import { dirname, resolve } from 'node:path';
import { blocksFromWorkers } from '../../../core/blocks.ts';
import { runLayout } from '../../run-directory/layout.ts';
import { readStatus } from '../../run-directory/run-status.ts';
import { hasBlock, writeBlock } from '../../shards/block-files.ts';
import { shardNumber } from '../../shards/shard-batch.ts';
import { blocksOfShard, readSimulationPlan, simulationWork } from '../../shards/simulation-plan.ts';
import { openRun } from '../../stages/run.ts';
import type { CliContext } from '../context.ts';
import { onLeash } from '../leash.ts';
import { deskWork } from '../work-of.ts';

export interface SimulateShardOptions {
  readonly threads?: number;
  readonly leash?: boolean;
}

/**
 * @param folder `blocks/` of the run
 * @param word number from 1, or `part-0001`
 */
export async function simulateShard(
  cli: CliContext,
  folder: string,
  word: string,
  options: SimulateShardOptions,
): Promise<void> {
  const paths = runLayout(dirname(resolve(folder)));
  const { shards } = await readSimulationPlan(paths);
  const shard = shardNumber(word, shards, folder);
  await cli.openDomains((await readStatus(paths)).from);
  await onLeash(cli, options, 'simulation', async (own) => {
    const run = await openRun(paths, own.registry);
    const source = blocksFromWorkers(deskWork(own, options));
    const works = simulationWork(run.domain, run.config, run.status.seed);
    for (const { work, blocks } of blocksOfShard(works, shards, shard)) {
      const left = blocks.filter((block) => !hasBlock(paths.blocks, work, block));
      if (left.length === 0) continue;
      const bar = own.progress.task(`Simulating ${work.id}`, left.length, 'blocks');
      let next = 0;
      for await (const made of source({ ...work, tasks: left.map((block) => work.tasks[block]) })) {
        await writeBlock(paths.blocks, work, left[next++], made);
        bar.advance();
      }
      bar.end();
    }
  });
}
