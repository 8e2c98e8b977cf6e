// deepfield evaluate: measures the networks of a run again, or on other data without touching the run's own results.
import { join } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import { resultsTable } from '../../format/results-table.ts';
import { findRun } from '../../run-directory/find-run.ts';
import { evaluateOn } from '../../stages/evaluate.ts';
import { openRun, requireStage } from '../../stages/run.ts';
import { runStages } from '../../stages/run-stages.ts';
import type { CliContext } from '../context.ts';
import { showResults } from '../finish-run.ts';
import { type WorkOptions, workOf } from '../work-of.ts';

export interface EvaluateOptions extends WorkOptions {
  readonly source?: string;
  readonly json?: boolean;
  /** Settings changed for these other data, `key.path=value` each. */
  readonly set?: readonly string[];
}

export async function evaluate(cli: CliContext, name: string, options: EvaluateOptions): Promise<void> {
  const { source, json } = options;
  const run = await openRun(await findRun(name), cli.registry);
  requireStage(run, 'train');
  const { device, threads } = run.status;
  const work = await workOf(cli, { device: options.device ?? device, threads: options.threads ?? threads });
  if (source === undefined) {
    if (options.set !== undefined) {
      throw new UserError({
        what: 'a run is measured again with its own settings',
        where: '--set',
        how: 'give other data by --source, or start a new run',
      });
    }
    await runStages(run, ['evaluate', 'report'], work, { again: true });
    return showResults(cli, run, json);
  }
  const { config } = await resolveConfig(run.domain, { file: run.paths.config, set: options.set });
  const { results, folder } = await evaluateOn({ ...run, config }, source, work);
  cli.show(`\n${resultsTable(results.figures)}\nresults  ${join(folder, 'results.json')}\n`, { json });
  if (json) cli.showJson(results);
}
