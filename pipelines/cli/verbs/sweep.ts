// deepfield sweep: plans many runs of a domain, runs them, and collects what came out. The same command again goes on.
import { UserError } from '../../../core/errors.ts';
import { loadDomain } from '../../load-domain.ts';
import { lockRun } from '../../run-directory/run-lock.ts';
import type { Objective } from '../../sweep/collect/objective.ts';
import type { Strategy } from '../../sweep/draw-trials.ts';
import { type ElementState, elementStates } from '../../sweep/element-state.ts';
import { tasksLeft } from '../../sweep/halving/tasks-left.ts';
import { makePlan } from '../../sweep/make-plan.ts';
import { defaultFolder, makeSweepFolder, openSweep } from '../../sweep/open-sweep.ts';
import { sweepBatch } from '../../sweep/sweep-batch.ts';
import { type Halving, type SweepPlan, sweepLayout } from '../../sweep/sweep-plan.ts';
import type { CliContext } from '../context.ts';
import { type LauncherOptions, launcherOf } from '../launcher.ts';
import { workOf } from '../work-of.ts';
import { chosenObjective, type ObjectiveOptions, showCollection } from './collect.ts';
import { requireSource } from './run.ts';

export interface SweepOptions extends ObjectiveOptions, LauncherOptions {
  readonly param?: readonly string[];
  readonly trials?: number;
  readonly strategy?: Strategy;
  readonly budget?: string;
  readonly reduction?: number;
  readonly rungs?: number;
  readonly seeds?: number;
  readonly folds?: number;
  readonly preset?: string;
  readonly set?: readonly string[];
  readonly config?: string;
  readonly seed?: number;
  readonly source?: string;
  readonly device?: string;
  readonly out?: string;
  readonly extend?: boolean;
  readonly json?: boolean;
}

async function planOf(
  cli: CliContext,
  name: string | undefined,
  options: SweepOptions,
  objective: Objective | undefined,
): Promise<SweepPlan> {
  const domain = await loadDomain(cli.registry, cli.domainName(name));
  const from = cli.registry.find((entry) => entry.name === domain.name)?.from;
  const { param = [], config, source, device } = options;
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

/** `9, 3, 1 trials with training.steps 3, 9, 27; ...` */
function halvingText(trials: number, { path, budgets, places, continued }: Halving): string {
  const anew = trials - continued.length;
  const how =
    anew === 0
      ? 'promoted ones go on from their checkpoints'
      : anew === trials
        ? 'promoted ones are trained anew'
        : `promoted ones go on from their checkpoints, but for ${anew} of the trials, which are trained anew`;
  return `${places.join(', ')} trials with ${path} ${budgets.join(', ')}; ${how}`;
}

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
    if (plan.halving !== undefined) cli.log(halvingText(plan.trials, plan.halving));
    const states = await elementStates(opened);
    cli.log(stateText(states));
    const left = [...(await tasksLeft(opened)).keys()];
    const submit =
      left.length > 0
        ? await launch(sweepBatch(opened, await loadDomain(cli.registry, plan.domain)), left)
        : undefined;
    if (cli.terminal.signal.aborted) {
      cli.log('the same command goes on with this sweep');
      cli.terminal.signal.throwIfAborted();
    }
    if (submit !== undefined) {
      cli.show(`sweep    ${root}\nsubmit   ${submit}\n`, options);
      return options.json ? cli.showJson({ sweep: root, submit }) : undefined;
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
