// deepfield resume: goes on with a run where it stopped. The settings of the run hold; only device and threads may be
// chosen anew.
import { findRun } from '../../run-directory/find-run.ts';
import { type StageName, stageNames } from '../../run-directory/run-status.ts';
import { openRun } from '../../stages/run.ts';
import type { CliContext } from '../context.ts';
import { finishRun } from '../finish-run.ts';
import { type WorkOptions, workOf } from '../work-of.ts';

export interface ResumeOptions extends WorkOptions {
  readonly json?: boolean;
}

export async function resume(
  cli: CliContext,
  name: string,
  last: StageName,
  options: ResumeOptions,
): Promise<void> {
  const run = await openRun(await findRun(name), cli.registry);
  const { device, threads, finished } = run.status;
  const work = await workOf(cli, { device: options.device ?? device, threads: options.threads ?? threads });
  const done = stageNames.filter((stage) => finished[stage] !== undefined);
  cli.log(
    `${run.domain.title}: ${done.length > 0 ? `${done.join(', ')} done already` : 'from the beginning'}`,
  );
  await finishRun(cli, run, last, work, options);
}
