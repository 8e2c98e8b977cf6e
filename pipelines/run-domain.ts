// A run as `deepfield run` makes it, for programs: from settings to a run directory in one call, watched by whoever asks.
import { availableParallelism } from 'node:os';
import { type Progress, silent } from '../core/progress.ts';
import type { Domain } from '../domains/domain.ts';
import { type ConfigChoice, resolveConfig } from './config/resolve-config.ts';
import { engine } from './engine.ts';
import type { StageName } from './run-directory/run-status.ts';
import { beginRun, type Run } from './stages/run.ts';
import { runStages, upTo } from './stages/run-stages.ts';

/** Preset, file of settings and `key.path=value` as on the command line. */
export interface RunDomainOptions extends ConfigChoice {
  /** Default 1. */
  readonly seed?: number;
  /** Somebody's files; the domain's own simulation when left out. */
  readonly source?: string;
  /** The run directory; a new one under `runs/` when left out. */
  readonly out?: string;
  /** The last stage that is done. Default `report`. */
  readonly last?: StageName;
  /** Name of the engine's device. Default `cpu`. */
  readonly device?: string;
  /** Default: all processors. */
  readonly threads?: number;
  readonly progress?: Progress;
  /** Stops the run at the next safe point; runStages goes on with it. */
  readonly signal?: AbortSignal;
  /** A line for the person who watches. */
  readonly log?: (line: string) => void;
}

/**
 * Makes a run and does its stages.
 *
 * @returns the run, with its data in `parts`
 * @throws UserError for settings, a source or a folder that will not do; the signal's reason when stopped
 */
export async function runDomain(domain: Domain, options: RunDomainOptions = {}): Promise<Run> {
  const { seed = 1, source, out, last = 'report', progress = silent, log = () => {} } = options;
  const { signal = new AbortController().signal, threads = availableParallelism() } = options;
  const { name: device } = await engine.chooseDevice(options.device ?? 'cpu');
  const resolved = await resolveConfig(domain, options);
  const run = await beginRun({ domain, ...resolved, seed, device, threads, source, out });
  const { openModels } = engine;
  await runStages(run, upTo(last), { device, threads, progress, signal, log, openModels });
  return run;
}
