// deepfield simulate: a new run with its simulated data, made by this process, or by several here or on a cluster that make its blocks.
// The same command goes on with what is left, and joins the blocks to the data that one process would have made.
import { UserError } from '../../../core/errors.ts';
import { lockRun } from '../../run-directory/run-lock.ts';
import {
  findSimulation,
  simulationBatch,
  simulationWork,
  writeSimulationPlan,
} from '../../shards/simulation-plan.ts';
import { beginRun, openRun } from '../../stages/run.ts';
import type { CliContext } from '../context.ts';
import { finishRun } from '../finish-run.ts';
import { type LauncherOptions, launcherOf, requireNoLauncher } from '../launcher.ts';
import { runShards } from '../run-shards.ts';
import { chooseRun, type RunOptions, run } from './run.ts';

export interface SimulateOptions extends Omit<RunOptions, 'inferred'>, LauncherOptions {
  readonly shards?: number;
}

async function simulateInShards(
  cli: CliContext,
  name: string | undefined,
  shards: number,
  options: SimulateOptions,
): Promise<void> {
  const launch = await launcherOf(cli, options);
  const { choice, work } = await chooseRun(cli, name, options);
  const works = simulationWork(choice.domain, choice.config, choice.seed);
  const blocks = works.reduce((sum, { tasks }) => sum + tasks.length, 0);
  if (blocks < shards) {
    throw new UserError({
      what: `${blocks} blocks are fewer than ${shards} shards`,
      where: '--shards',
      how: `give at most ${blocks}`,
    });
  }
  const plan = { version: 1, shards } as const;
  const begun = await findSimulation(choice, shards);
  const own = begun === undefined ? await beginRun(choice) : await openRun(begun, cli.registry);
  if (begun === undefined) await writeSimulationPlan(own.paths, plan);
  cli.log(`${choice.domain.title}: preset ${own.status.preset}, seed ${choice.seed}, in ${own.paths.root}`);
  const lock = lockRun(own.paths);
  let whole: boolean;
  try {
    const batch = await simulationBatch(own, works, plan);
    whole = await runShards(cli, batch, launch, options);
  } finally {
    lock.release();
  }
  if (whole) await finishRun(cli, own, 'prepare', work, options);
}

/** @throws UserError for --source, since files are prepared and not simulated */
export async function simulate(
  cli: CliContext,
  name: string | undefined,
  options: SimulateOptions,
): Promise<void> {
  const { shards, source } = options;
  if (source !== undefined) {
    throw new UserError({
      what: 'files are not simulated',
      where: '--source',
      how: 'read them by "deepfield prepare"',
    });
  }
  if (shards !== undefined) return simulateInShards(cli, name, shards, options);
  requireNoLauncher(options);
  await run(cli, name, 'prepare', options);
}
