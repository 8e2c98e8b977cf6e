// deepfield run and deepfield prepare: a new run, from its settings to its report or only to its prepared data.
import { stat } from 'node:fs/promises';
import { UserError } from '../../../core/errors.ts';
import { readError } from '../../../core/files/read-error.ts';
import { splitObject } from '../../../data-adapters/tables/split-object.ts';
import type { ConfigTree } from '../../config/config-tree.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import { loadDomain } from '../../load-domain.ts';
import type { StageName } from '../../run-directory/run-status.ts';
import { beginRun, discardRun, type RunChoice } from '../../stages/run.ts';
import type { Work } from '../../stages/work.ts';
import type { CliContext } from '../context.ts';
import { finishRun } from '../finish-run.ts';
import { type WorkOptions, workOf } from '../work-of.ts';

export interface RunOptions extends WorkOptions {
  readonly preset?: string;
  readonly set?: readonly string[];
  readonly config?: string;
  readonly seed?: number;
  readonly source?: string;
  readonly out?: string;
  readonly json?: boolean;
  /** Settings that were inferred from the source. */
  readonly inferred?: ConfigTree;
}

const defaultSeed = 1;

/** @throws UserError when there is nothing at a path that --source names */
export async function requireSource(source: string): Promise<void> {
  await stat(splitObject(source).file).catch(async (error) => {
    throw await readError(error, source);
  });
}

/** What the options ask for, checked; nothing is written. */
export async function chooseRun(
  cli: CliContext,
  name: string | undefined,
  options: RunOptions,
): Promise<{ choice: RunChoice; work: Work }> {
  const domain = await loadDomain(cli.registry, cli.domainName(name));
  const from = cli.registry.find((entry) => entry.name === domain.name)?.from;
  const { preset, set, config: file, seed = defaultSeed, source, out, inferred } = options;
  const resolved = await resolveConfig(domain, { preset, file, set, inferred });
  const work = await workOf(cli, options);
  if (source !== undefined) await requireSource(source);
  const { device, threads } = work;
  return { choice: { domain, from, ...resolved, seed, device, threads, source, out }, work };
}

/** Makes a run and does its stages up to `last`. A run whose data cannot be prepared leaves nothing behind. */
export async function run(
  cli: CliContext,
  name: string | undefined,
  last: StageName,
  options: RunOptions,
): Promise<void> {
  const { choice, work } = await chooseRun(cli, name, options);
  const begun = await beginRun(choice);
  cli.log(
    `${begun.domain.title}: preset ${begun.status.preset}, seed ${begun.status.seed}, in ${begun.paths.root}`,
  );
  try {
    await finishRun(cli, begun, last, work, options);
  } catch (error) {
    if (error instanceof UserError && begun.status.finished.prepare === undefined) await discardRun(begun);
    throw error;
  }
}
