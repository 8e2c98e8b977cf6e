// blocks/shards.json of a run: its simulation is divided among processes. All that it depends on stands in the run itself; here is only how
// many there are. Shard k of N makes every N-th block from the k-th on.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { BlockWork } from '../../core/blocks.ts';
import { UserError } from '../../core/errors.ts';
import { RandomStream } from '../../core/random.ts';
import type { Domain } from '../../domains/domain.ts';
import { readConfig } from '../config/config-file.ts';
import { makeFolder } from '../run-directory/create-run.ts';
import { listRuns } from '../run-directory/find-run.ts';
import { readJson, writeJson } from '../run-directory/json-file.ts';
import { type RunLayout, runLayout } from '../run-directory/layout.ts';
import { readStatus } from '../run-directory/run-status.ts';
import type { Run, RunChoice } from '../stages/run.ts';
import type { Batch } from '../sweep/batch.ts';
import { blocksThere, hasBlock } from './block-files.ts';
import { batchOfShards } from './shard-batch.ts';

const simulationPlanSchema = z.object({ version: z.literal(1), shards: z.int().min(1) });
export type SimulationPlan = z.infer<typeof simulationPlanSchema>;

const planPath = ({ blocks }: Pick<RunLayout, 'blocks'>): string => join(blocks, 'shards.json');

export const readSimulationPlan = (paths: RunLayout): Promise<SimulationPlan> =>
  readJson(planPath(paths), simulationPlanSchema, 'give the folder of a simulation with --shards');

export async function writeSimulationPlan(paths: RunLayout, plan: SimulationPlan): Promise<void> {
  await makeFolder(paths.blocks);
  await writeJson(planPath(paths), plan);
}

/**
 * All blocks of a simulation.
 * @throws UserError when the domain does not divide it
 */
export function simulationWork(domain: Domain, config: unknown, seed: number): readonly BlockWork[] {
  if (domain.blocks === undefined) {
    throw new UserError({
      what: `the simulation of ${domain.name} is not divided into blocks`,
      where: '--shards',
      how: 'leave it out: one process makes it',
    });
  }
  return domain.blocks({ config, random: new RandomStream(seed, 'prepare') });
}

export interface ShardBlocks {
  readonly work: BlockWork;
  /** Numbers of its tasks, from 0. */
  readonly blocks: readonly number[];
}

/** What a shard makes: the blocks of all works are counted through and dealt out in turn. @param shard from 1 */
export function blocksOfShard(works: readonly BlockWork[], shards: number, shard: number): ShardBlocks[] {
  let next = shard - 1;
  return works.map((work) => {
    const blocks: number[] = [];
    for (; next < work.tasks.length; next += shards) blocks.push(next);
    next -= work.tasks.length;
    return { work, blocks };
  });
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/**
 * The run that the same choice has begun and not finished: the one in `out`, or else one under runs/.
 * @throws UserError when it is divided otherwise, or another simulation stands in `out`
 */
export async function findSimulation(
  { domain, config, seed, out }: RunChoice,
  shards: number,
): Promise<RunLayout | undefined> {
  for (const root of out === undefined ? await listRuns() : [out]) {
    const paths = runLayout(root);
    if (!existsSync(planPath(paths))) continue;
    const status = await readStatus(paths);
    const isSame = async (): Promise<boolean> =>
      isDeepStrictEqual(plain(await readConfig(paths.config, domain)), plain(config));
    let other: string | undefined;
    if (status.domain !== domain.name) other = `of ${status.domain}`;
    else if (status.seed !== seed) other = `with seed ${status.seed}`;
    else if (!(await isSame())) other = 'with other settings';
    if (other !== undefined && out === undefined) continue;
    const before = await readSimulationPlan(paths);
    if (other === undefined && before.shards === shards) return paths;
    throw new UserError({
      what: `a simulation ${other ?? `in ${before.shards} shards`} stands here`,
      where: root,
      how: 'finish that one, remove the folder, or name another with --out',
    });
  }
  return undefined;
}

/** A simulation in shards as launchers see it. */
export function simulationBatch(
  { paths, status }: Run,
  works: readonly BlockWork[],
  { shards }: SimulationPlan,
): Promise<Batch> {
  const count = (shard: number, isCounted: (work: BlockWork, block: number) => boolean): number =>
    blocksOfShard(works, shards, shard).reduce(
      (sum, { work, blocks }) => sum + blocks.filter((block) => isCounted(work, block)).length,
      0,
    );
  return batchOfShards({
    folder: paths.blocks,
    verb: 'simulate-shard',
    made: {
      unit: 'blocks',
      total: works.reduce((sum, { tasks }) => sum + tasks.length, 0),
      count: () => works.reduce((sum, work) => sum + blocksThere(paths.blocks, work).size, 0),
    },
    reads: [resolve(paths.root), ...(status.from === undefined ? [] : [resolve(status.from)])],
    shards,
    wanted: (shard) => count(shard, () => true),
    written: (shard) => count(shard, (work, block) => hasBlock(paths.blocks, work, block)),
  });
}
