// deepfield fit: from a table to a report without a setting. The domain that can tell settings from data says what it
// inferred and what looks wrong, and is then run with it like every other.
import { UserError } from '../../../core/errors.ts';
import { nearest } from '../../../core/suggest.ts';
import type { InferenceHints, Inferred } from '../../../domains/inference.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import { textTable } from '../../format/text-table.ts';
import type { CliContext } from '../context.ts';
import { type RunOptions, run } from './run.ts';

export interface FitOptions extends RunOptions, Omit<InferenceHints, 'task'> {
  readonly task?: string;
  readonly dryRun?: boolean;
}

const tasks = ['classification', 'regression'] as const;

function taskNamed(name: string | undefined): { task?: InferenceHints['task'] } {
  if (name === undefined) return {};
  const task = tasks.find((known) => known === name);
  if (task !== undefined) return { task };
  const [near] = nearest(name, tasks);
  throw new UserError({
    what: `no task ${JSON.stringify(name)}`,
    where: '--task',
    how: near === undefined ? `choose ${tasks.join(' or ')}` : `did you mean ${near}?`,
  });
}

/** What was inferred, for a person. */
function inferredText({ summary, table, warnings }: Inferred): string {
  const lines = [
    ...summary,
    `\n${textTable(table, { right: [2, 3] }).trimEnd()}`,
    ...(warnings.length > 0 ? ['\nLook at this first:', ...warnings.map((line) => `- ${line}`)] : []),
  ];
  return `${lines.join('\n')}\n\n`;
}

/** @throws UserError for a table that cannot be learnt from */
export async function fit(cli: CliContext, data: string, options: FitOptions): Promise<void> {
  const { target, task, classes, positive, group, number, category, date, ignore, missing, dryRun, ...rest } =
    options;
  const entry = cli.registry.find(({ infers }) => infers === true);
  const domain = await entry?.load();
  if (entry === undefined || domain?.infer === undefined) {
    throw new UserError({
      what: 'no domain of this program can learn from a table',
      how: 'run a domain by name: "deepfield list"',
    });
  }
  const { preset, set, config: file, json } = rest;
  const { config } = await resolveConfig(domain, { preset, file, set });
  const hints: InferenceHints = {
    target,
    ...taskNamed(task),
    classes,
    positive,
    group,
    number,
    category,
    date,
    ignore,
    missing,
  };
  const inferred = await domain.infer(data, hints, { config, signal: cli.terminal.signal });
  cli.show(inferredText(inferred), { json });
  if (dryRun) {
    if (json) cli.showJson(inferred);
    else cli.show('--dry-run: nothing was trained\n');
    return;
  }
  await run(cli, entry.name, 'report', { ...rest, source: data, inferred: inferred.settings });
}
