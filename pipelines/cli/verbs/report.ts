// deepfield report: writes report.html and model-card.md of an evaluated run again.
import { findRun } from '../../run-directory/find-run.ts';
import { openRun, requireStage } from '../../stages/run.ts';
import { runStages } from '../../stages/run-stages.ts';
import type { CliContext } from '../context.ts';
import { deskWork } from '../work-of.ts';

export async function report(
  cli: CliContext,
  name: string,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const run = await openRun(await findRun(name), cli.registry);
  requireStage(run, 'evaluate');
  await runStages(run, ['report'], deskWork(cli, run.status), { again: true });
  const { report: path, modelCard } = run.paths;
  if (json) cli.showJson({ report: path, modelCard });
  else cli.show(`report      ${path}\nmodel card  ${modelCard}\n`);
}
