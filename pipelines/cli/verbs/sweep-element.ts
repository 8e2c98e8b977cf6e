// deepfield sweep-element: one element of a sweep, begun, resumed or left as it is when finished. It is what `deepfield run`
// and `deepfield resume` do, with the settings of the plan.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { UserError } from '../../../core/errors.ts';
import { writeFileAtomic } from '../../../core/files/atomic-write.ts';
import { nearest } from '../../../core/suggest.ts';
import type { Domain } from '../../../domains/domain.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import { loadDomain } from '../../load-domain.ts';
import { readStatus } from '../../run-directory/run-status.ts';
import { elementOptions } from '../../sweep/element-command.ts';
import { logPath, recordFailure } from '../../sweep/element-state.ts';
import { continueRun } from '../../sweep/halving/continue-run.ts';
import { promote } from '../../sweep/halving/promote.ts';
import { elementBefore, elementsByTask, rungOfTask, taskCount } from '../../sweep/halving/rung-elements.ts';
import { elementRun, readSweep, type Sweep, type SweepElement } from '../../sweep/sweep-plan.ts';
import { CliContext } from '../context.ts';
import { Interruption } from '../interruption.ts';
import { resume } from './resume.ts';
import { run } from './run.ts';

export interface SweepElementOptions {
  readonly threads?: number;
  readonly leash?: boolean;
  /** Nobody watches: a failure is recorded by the element itself. */
  readonly alone?: boolean;
  readonly json?: boolean;
}

/**
 * The element of a name or of a task's number; undefined where successive halving left its place empty.
 * @throws UserError with the nearest name when there is no such element
 */
async function findElement(sweep: Sweep, domain: Domain, id: string): Promise<SweepElement | undefined> {
  const { paths, plan } = sweep;
  const task = /^\d+$/.test(id) ? Number(id) : undefined;
  const tasks = taskCount(plan);
  if (task !== undefined && task >= 1 && task <= tasks) {
    const rung = rungOfTask(plan, task);
    if (rung > 1) await promote(sweep, domain, rung);
    return (await elementsByTask(sweep)).get(task);
  }
  const elements = [...(await elementsByTask(sweep)).values()];
  const found = elements.find((element) => element.id === id);
  if (found !== undefined) return found;
  const near = nearest(
    id,
    elements.map((element) => element.id),
  );
  throw new UserError({
    what: `no element ${JSON.stringify(id)}`,
    where: paths.root,
    how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `give a number from 1 to ${tasks}`,
  });
}

/** Aborted when whoever holds the other end of the standard input is gone. */
function leash(): AbortSignal {
  const controller = new AbortController();
  const letGo = (): void => controller.abort(new Interruption('the sweep is gone'));
  process.stdin.on('end', letGo).on('error', letGo).resume().unref();
  return controller.signal;
}

export async function sweepElement(
  cli: CliContext,
  folder: string,
  id: string,
  { threads, leash: leashed = false, alone = false, json }: SweepElementOptions,
): Promise<void> {
  const sweep = await readSweep(folder);
  const domain = await loadDomain(cli.registry, sweep.plan.domain);
  const element = await findElement(sweep, domain, id);
  if (element === undefined) return cli.log(`task ${id}: fewer trials than places were left for its rung`);
  const paths = elementRun(sweep, element);
  const { terminal, registry, loadEngine, program } = cli;
  const held = leashed ? leash() : new AbortController().signal;
  const signal = AbortSignal.any([terminal.signal, held]);
  const own = new CliContext({ ...terminal, signal }, registry, loadEngine, program);
  const options = { ...elementOptions(sweep.plan, element), out: paths.root, threads, json };
  try {
    if (!existsSync(paths.status)) {
      // What a process left that was killed before its directory was a run.
      await rm(paths.root, { recursive: true, force: true });
      const id = elementBefore(sweep.plan, element);
      const before = [...(await elementsByTask(sweep)).values()].find((each) => each.id === id);
      if (before === undefined) return await run(own, domain.name, 'report', options);
      const { config } = await resolveConfig(domain, { ...options, file: options.config });
      await continueRun(elementRun(sweep, before), paths, domain, config);
      cli.log(`${element.id} goes on from the checkpoints of ${before.id}`);
      await resume(own, paths.root, 'report', { threads, json });
    } else if ((await readStatus(paths)).finished.report === undefined) {
      await resume(own, paths.root, 'report', { threads, json });
    } else cli.log(`${element.id} is finished already`);
  } catch (error) {
    if (alone && !signal.aborted) {
      const log = logPath(sweep, element);
      await writeFileAtomic(log, `${error instanceof Error ? error.message : error}\n`);
      await recordFailure(sweep, element, { exit: 'an error', attempts: 1, log });
    }
    if (!held.aborted || terminal.signal.aborted || error instanceof UserError) throw error;
    throw new UserError({
      what: 'the sweep that started this run is gone',
      how: 'start the sweep again',
      cause: error,
    });
  }
}
