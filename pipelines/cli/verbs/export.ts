// deepfield export: copies the networks, the prepared data or the metrics of a run to a folder; of a sweep the metrics of each of its runs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { findRun } from '../../run-directory/find-run.ts';
import { exportRun as copyRun } from '../../stages/export.ts';
import { openRun } from '../../stages/run.ts';
import { elementsByTask } from '../../sweep/halving/rung-elements.ts';
import { elementRun, readSweep, sweepLayout } from '../../sweep/sweep-plan.ts';
import type { CliContext } from '../context.ts';

export interface ExportOptions {
  readonly format: string;
  readonly out: string;
  readonly json?: boolean;
}

/** A folder for each run of a sweep that has begun to train. */
async function exportSweep(cli: CliContext, root: string, { format, out }: ExportOptions): Promise<string[]> {
  if (format !== 'tensorboard') {
    throw new UserError({
      what: `a sweep has many runs, and is exported as tensorboard, not as ${format}`,
      where: root,
      how: 'name one of its runs',
    });
  }
  const sweep = await readSweep(root);
  await cli.openDomains(sweep.plan.from);
  const files: string[] = [];
  for (const element of (await elementsByTask(sweep)).values()) {
    const paths = elementRun(sweep, element);
    if (!existsSync(paths.metrics)) continue;
    const run = await openRun(paths, cli.registry);
    files.push(...(await copyRun(run, format, join(out, element.id), cli.terminal.signal)));
  }
  if (files.length > 0) return files;
  throw new UserError({
    what: 'none of its runs has begun to train',
    where: root,
    how: 'start the sweep again',
  });
}

export async function exportRun(cli: CliContext, name: string, options: ExportOptions): Promise<void> {
  const { format, out, json } = options;
  const files = existsSync(sweepLayout(name).plan)
    ? await exportSweep(cli, name, options)
    : await copyRun(await openRun(await findRun(name), cli.registry), format, out, cli.terminal.signal);
  if (json) cli.showJson({ files });
  else cli.show(files.map((file) => `${file}\n`).join(''));
}
