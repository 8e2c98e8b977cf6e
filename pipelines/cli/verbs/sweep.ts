// deepfield sweep: plans many runs of a domain, runs them, and collects what came out. The same command again goes on.
import { availableParallelism } from 'node:os';
import { UserError } from '../../../core/errors.ts';
import { loadDomain } from '../../load-domain.ts';
import { lockRun } from '../../run-directory/run-lock.ts';
import type { Objective } from '../../sweep/collect/objective.ts';
import type { Strategy } from '../../sweep/draw-trials.ts';
import { type ElementState, elementStates } from '../../sweep/element-state.ts';
import { launchLocal } from '../../sweep/launch-local.ts';
import { makePlan } from '../../sweep/make-plan.ts';
import { defaultFolder, makeSweepFolder, openSweep } from '../../sweep/open-sweep.ts';
import { type Sweep, type SweepElement, type SweepPlan, sweepLayout } from '../../sweep/sweep-plan.ts';
import type { CliContext } from '../context.ts';
import { workOf } from '../work-of.ts';
import { chosenObjective, type ObjectiveOptions, showCollection } from './collect.ts';
import { requireSource } from './run.ts';

export interface SweepOptions extends ObjectiveOptions {
  readonly param: readonly string[];
  readonly trials?: number;
  readonly strategy?: Strategy;
  readonly seeds?: number;
  readonly preset?: string;
  readonly set?: readonly string[];
  readonly config?: string;
  readonly seed?: number;
  readonly source?: string;
  readonly device?: string;
  readonly out?: string;
  readonly extend?: boolean;
  readonly launcher?: 'local' | 'slurm';
  readonly slurm?: readonly string[];
  readonly detach?: boolean;
  readonly jobs?: number;
  readonly threads?: number;
  readonly retries?: number;
  readonly json?: boolean;
}

const defaultRetries = 1;

async function planOf(
  cli: CliContext,
  name: string | undefined,
  options: SweepOptions,
  objective: Objective | undefined,
): Promise<SweepPlan> {
  const domain = await loadDomain(cli.registry, cli.domainName(name));
  const from = cli.registry.find((entry) => entry.name === domain.name)?.from;
  const { param, config, source, device } = options;
  const plan = await makePlan(domain, { ...options, from, parameters: param, file: config, objective });
  if (source !== undefined) await requireSource(source);
  if (device !== undefined) await workOf(cli, { device });
  return plan;
}

const count = (states: readonly ElementState[], status: ElementState['status']): number =>
  states.filter((state) => state.status === status).length;

/** `6 runs: 2 finished, 1 to resume, 3 to begin`. */
function stateText(states: readonly ElementState[]): string {
  const parts = [
    [count(states, 'finished'), 'finished'],
    [count(states, 'running'), 'still running'],
    [count(states, 'stopped'), 'to resume'],
    [count(states, 'failed'), 'failed before'],
    [count(states, 'waiting'), 'to begin'],
  ] as const;
  const told = parts.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`);
  return `${states.length} run${states.length === 1 ? '' : 's'}: ${told.join(', ')}`;
}

/** Something that runs elements to their end. */
type Launch = (opened: Sweep, left: readonly SweepElement[]) => Promise<void>;

/** @throws UserError for options that do not go with the launcher, before anything is written */
async function launcherOf(cli: CliContext, options: SweepOptions): Promise<Launch> {
  const { launcher = 'local', slurm = [], detach, jobs, threads, retries = defaultRetries } = options;
  const { program, progress, log } = cli;
  const shared = { retries, program, progress, log, signal: cli.terminal.signal };
  if (launcher === 'slurm') {
    if (threads !== undefined) throw misplaced('--threads', 'write --slurm cpus=4');
    const { slurmSettings } = await import('../../sweep/slurm/slurm-settings.ts');
    const settings = await slurmSettings(slurm);
    const { requireSlurm } = await import('../../sweep/slurm/slurm-commands.ts');
    await requireSlurm();
    const { launchSlurm } = await import('../../sweep/slurm/launch-slurm.ts');
    return (opened, left) => launchSlurm(opened, left, { ...shared, settings, jobs, detach });
  }
  if (slurm.length > 0) throw misplaced('--slurm', 'add --launcher slurm');
  if (detach) throw misplaced('--detach', 'add --launcher slurm');
  return (opened, left) => {
    const processors = availableParallelism();
    const atOnce = Math.min(jobs ?? processors, left.length);
    const each = threads ?? Math.max(1, Math.floor(processors / atOnce));
    return launchLocal(opened, left, { ...shared, jobs: atOnce, threads: each });
  };
}

const misplaced = (where: string, how: string): UserError =>
  new UserError({ what: 'does not go with this launcher', where, how });

export async function sweep(cli: CliContext, name: string | undefined, options: SweepOptions): Promise<void> {
  const objective = chosenObjective(options);
  const plan = await planOf(cli, name, options, objective);
  const launch = await launcherOf(cli, options);
  const root = options.out ?? defaultFolder(plan);
  await makeSweepFolder(root);
  const { lock } = sweepLayout(root);
  const held = lockRun({ root, lock });
  try {
    const opened = await openSweep(root, plan, {
      extend: options.extend,
      objective: objective !== undefined,
    });
    cli.log(`${plan.trials} trials by ${plan.strategy}, seed ${plan.seed}, in ${root}`);
    const states = await elementStates(opened);
    cli.log(stateText(states));
    const left = states.filter(({ status }) => status !== 'finished').map(({ element }) => element);
    if (left.length > 0) await launch(opened, left);
    if (cli.terminal.signal.aborted) {
      cli.log('the same command goes on with this sweep');
      cli.terminal.signal.throwIfAborted();
    }
    if (options.detach) return cli.show(`sweep    ${root}\nwatch    the same command without --detach\n`);
    const { failed, finished } = await showCollection(cli, opened, options.json);
    if (failed === 0) return;
    throw new UserError({
      what: `${failed} of ${failed + finished} runs failed`,
      where: root,
      how: `see ${opened.paths.logs}; the same command tries them again`,
    });
  } finally {
    held.release();
  }
}
