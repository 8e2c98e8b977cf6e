// deepfield sweep-element: one element of a sweep, begun, resumed or left as it is when finished. It is what `deepfield run`
// and `deepfield resume` do, with the settings of the plan.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { UserError } from '../../../core/errors.ts';
import { nearest } from '../../../core/suggest.ts';
import { readStatus } from '../../run-directory/run-status.ts';
import { elementOptions } from '../../sweep/element-command.ts';
import { elementRun, readSweep, type SweepElement, type SweepPlan } from '../../sweep/sweep-plan.ts';
import { CliContext } from '../context.ts';
import { Interruption } from '../interruption.ts';
import { resume } from './resume.ts';
import { run } from './run.ts';

export interface SweepElementOptions {
  readonly threads?: number;
  readonly leash?: boolean;
  readonly json?: boolean;
}

/** @throws UserError with the nearest name when there is no such element */
function findElement({ elements }: SweepPlan, id: string, where: string): SweepElement {
  const found = /^\d+$/.test(id) ? elements[Number(id) - 1] : elements.find((element) => element.id === id);
  if (found !== undefined) return found;
  const near = nearest(
    id,
    elements.map((element) => element.id),
  );
  throw new UserError({
    what: `no element ${JSON.stringify(id)}`,
    where,
    how:
      near.length > 0 ? `did you mean ${near.join(' or ')}?` : `give a number from 1 to ${elements.length}`,
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
  { threads, leash: leashed = false, json }: SweepElementOptions,
): Promise<void> {
  const sweep = await readSweep(folder);
  await cli.openDomains(sweep.plan.from);
  const element = findElement(sweep.plan, id, folder);
  const paths = elementRun(sweep, element);
  const { terminal, registry, loadEngine, program } = cli;
  const held = leashed ? leash() : new AbortController().signal;
  const signal = AbortSignal.any([terminal.signal, held]);
  const own = new CliContext({ ...terminal, signal }, registry, loadEngine, program);
  const { domain } = sweep.plan;
  const options = { ...elementOptions(sweep.plan, element), out: paths.root, threads, json };
  try {
    if (!existsSync(paths.status)) {
      // What a process left that was killed before its directory was a run.
      await rm(paths.root, { recursive: true, force: true });
      await run(own, domain, 'report', options);
    } else if ((await readStatus(paths)).finished.report === undefined) {
      await resume(own, paths.root, 'report', { threads, json });
    } else cli.log(`${element.id} is finished already`);
  } catch (error) {
    if (!held.aborted || terminal.signal.aborted || error instanceof UserError) throw error;
    throw new UserError({
      what: 'the sweep that started this run is gone',
      how: 'start the sweep again',
      cause: error,
    });
  }
}
