// deepfield export: copies the networks or the prepared data of a run to a folder.
import { findRun } from '../../run-directory/find-run.ts';
import { exportRun as copyRun } from '../../stages/export.ts';
import { openRun } from '../../stages/run.ts';
import type { CliContext } from '../context.ts';

export interface ExportOptions {
  readonly format: string;
  readonly out: string;
  readonly json?: boolean;
}

export async function exportRun(
  cli: CliContext,
  name: string,
  { format, out, json }: ExportOptions,
): Promise<void> {
  const run = await openRun(await findRun(name), cli.registry);
  const files = await copyRun(run, format, out, cli.terminal.signal);
  if (json) cli.showJson({ files });
  else cli.show(files.map((file) => `${file}\n`).join(''));
}
