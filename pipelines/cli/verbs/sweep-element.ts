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
import type { CliContext } from '../context.ts';
import { onLeash } from '../leash.ts';
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

/** Begins, goes on with or leaves a run. */
async function work(
  cli: CliContext,
  sweep: Sweep,
  domain: Domain,
  element: SweepElement,
  { threads, json }: SweepElementOptions,
): Promise<void> {
  const paths = elementRun(sweep, element);
  if (existsSync(paths.status)) {
    if ((await readStatus(paths)).finished.report !== undefined) {
      return cli.log(`${element.id} is finished already`);
    }
    return resume(cli, paths.root, 'report', { threads, json });
  }
  // What a process left that was killed before its directory was a run.
  await rm(paths.root, { recursive: true, force: true });
  const options = { ...elementOptions(sweep.plan, element), out: paths.root, threads, json };
  const id = elementBefore(sweep.plan, element);
  const before = [...(await elementsByTask(sweep)).values()].find((each) => each.id === id);
  if (before === undefined) return run(cli, domain.name, 'report', options);
  const { config } = await resolveConfig(domain, { ...options, file: options.config });
  await continueRun(elementRun(sweep, before), paths, domain, config);
  cli.log(`${element.id} goes on from the checkpoints of ${before.id}`);
  await resume(cli, paths.root, 'report', { threads, json });
}

export async function sweepElement(
  cli: CliContext,
  folder: string,
  id: string,
  options: SweepElementOptions,
): Promise<void> {
  const sweep = await readSweep(folder);
  await cli.openDomains(sweep.plan.from);
  const domain = await loadDomain(cli.registry, sweep.plan.domain);
  const element = await findElement(sweep, domain, id);
  if (element === undefined) return cli.log(`task ${id}: fewer trials than places were left for its rung`);
  try {
    await onLeash(cli, options, 'sweep', (own) => work(own, sweep, domain, element, options));
  } catch (error) {
    if (options.alone && !cli.terminal.signal.aborted) {
      const log = logPath(sweep, element);
      await writeFileAtomic(log, `${error instanceof Error ? error.message : error}\n`);
      await recordFailure(sweep, element, { exit: 'an error', attempts: 1, log });
    }
    throw error;
  }
}
