// deepfield ensemble: several runs of a domain, or the best of a sweep, become one run, which is measured and served like any other.
import { checkMembers } from '../../ensemble/check-members.ts';
import { findMembers } from '../../ensemble/find-members.ts';
import { makeEnsemble } from '../../ensemble/make-ensemble.ts';
import { openRun, type Run } from '../../stages/run.ts';
import type { CliContext } from '../context.ts';
import { finishRun } from '../finish-run.ts';
import { type WorkOptions, workOf } from '../work-of.ts';

export interface EnsembleOptions extends WorkOptions {
  readonly best?: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** @throws UserError for runs that do not go together */
export async function ensemble(
  cli: CliContext,
  names: readonly string[],
  options: EnsembleOptions,
): Promise<void> {
  const { best, out, json } = options;
  const found = await findMembers(names, best, cli.registry);
  const runs: Run[] = [];
  for (const { paths } of found) runs.push(await openRun(paths, cli.registry));
  const work = await workOf(cli, options);
  const rule = await checkMembers(runs, work.signal);
  const words = [...names, ...(best === undefined ? [] : ['--best', `${best}`])];
  const objectives = found.map(({ objective }) => objective);
  const run = await makeEnsemble({ runs, objectives, rule, words, out }, work);
  cli.log(`${run.domain.title}: an ensemble of ${runs.length} runs, in ${run.paths.root}`);
  await finishRun(cli, run, 'report', work, { json });
}
