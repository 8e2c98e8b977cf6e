// A run that is open for work: its directory, its domain and its settings; how one is begun and how one is opened
// again.
import { rm, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Dataset, Parts } from '../../data-adapters/dataset.ts';
import type { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import type { Domain } from '../../domains/domain.ts';
import type { Registry } from '../../domains/registry.ts';
import { readConfig, writeConfig } from '../config/config-file.ts';
import type { ResolvedConfig } from '../config/resolve-config.ts';
import { loadDomain } from '../load-domain.ts';
import { createRun } from '../run-directory/create-run.ts';
import { describeEnvironment } from '../run-directory/environment.ts';
import { writeJson } from '../run-directory/json-file.ts';
import type { RunLayout } from '../run-directory/layout.ts';
import { resumeWords } from '../run-directory/resume-words.ts';
import { type RunStatus, readStatus, writeStatus } from '../run-directory/run-status.ts';

/** Data in memory or on disk; a domain has one kind. */
export type AnyPart = Dataset | StoredDataset;

/** An open run. `status` and `parts` change as its stages are done. */
export interface Run {
  readonly paths: RunLayout;
  readonly domain: Domain;
  readonly config: unknown;
  status: RunStatus;
  /** The prepared data, once some stage has opened them. */
  parts?: Parts<AnyPart>;
}

export interface RunChoice extends ResolvedConfig {
  readonly domain: Domain;
  /** Absolute path of its module, where it is the user's own. */
  readonly from?: string;
  readonly seed: number;
  readonly device: string;
  readonly threads: number;
  /** Somebody's files; the domain's own simulation when left out. */
  readonly source?: string;
  /** The run directory; a new one under `runs/` when left out. */
  readonly out?: string;
}

/** Makes a new run's directory with config.yaml, environment.json and status.json. */
export async function beginRun(choice: RunChoice): Promise<Run> {
  const { domain, from, config, preset, seed, device, threads, source, out } = choice;
  const paths = await createRun({ domain: domain.name, seed, out });
  await writeConfig(paths.config, domain, config);
  await writeJson(paths.environment, describeEnvironment(device, threads));
  const status: RunStatus = {
    version: 1,
    domain: domain.name,
    ...(from !== undefined && { from }),
    preset,
    seed,
    device,
    threads,
    source: source === undefined ? null : resolve(source),
    created: new Date().toISOString(),
    finished: {},
    seconds: {},
  };
  await writeStatus(paths, status);
  return { paths, domain, config, status };
}

/** Opens an existing run. @throws UserError when its files are no run's or its domain is not known here */
export async function openRun(paths: RunLayout, registry: Registry): Promise<Run> {
  const status = await readStatus(paths);
  const { domain: name, from } = status;
  if (from !== undefined && !registry.some((entry) => entry.name === name)) {
    throw new UserError({
      what: `its domain ${name} is not known here`,
      where: paths.root,
      how: `give --domain ${from}, or name it in deepfield.config.ts of this folder`,
    });
  }
  const domain = await loadDomain(registry, name);
  return { paths, domain, config: await readConfig(paths.config, domain), status };
}

/** Removes a run that came to nothing, and the folders above it that were made for it. */
export async function discardRun({ paths }: Run): Promise<void> {
  await rm(paths.root, { recursive: true, force: true });
  for (const folder of [dirname(paths.root), dirname(dirname(paths.root))]) {
    // Stops at the first folder that holds something else.
    if (
      await rmdir(folder).then(
        () => false,
        () => true,
      )
    )
      return;
  }
}

/** @throws UserError when the stage that makes what is wanted is not done */
export function requireStage(run: Run, stage: 'prepare' | 'train' | 'evaluate'): void {
  const { paths, status } = run;
  if (status.finished[stage] !== undefined) return;
  const undone = { prepare: 'prepared', train: 'trained', evaluate: 'evaluated' }[stage];
  throw new UserError({
    what: `the run is not ${undone} yet`,
    where: paths.root,
    how: `finish it with "${resumeWords(run)}"`,
  });
}
