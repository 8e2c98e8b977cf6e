// What is still to do in a sweep, and the way of a launcher that watches: one rung after another.
import type { Domain } from '../../../domains/domain.ts';
import { elementState } from '../element-state.ts';
import type { Sweep, SweepElement } from '../sweep-plan.ts';
import { promote } from './promote.ts';
import { elementsByTask, readPromotion, rungCount, rungOfTask, rungTasks } from './rung-elements.ts';

/** What is not finished, by task; what a later rung has decided about is left as it is. */
export async function tasksLeft(opened: Sweep): Promise<Map<number, SweepElement | undefined>> {
  const { plan } = opened;
  const left = new Map<number, SweepElement | undefined>();
  const known = await elementsByTask(opened);
  for (let rung = 1; rung <= rungCount(plan); rung++) {
    if ((await readPromotion(opened, rung + 1)) !== undefined) continue;
    const decided = rung === 1 || (await readPromotion(opened, rung)) !== undefined;
    const { first, count: tasks } = rungTasks(plan, rung);
    for (let task = first; task < first + tasks; task++) {
      const element = known.get(task);
      if (element === undefined ? decided : (await elementState(opened, element)).status === 'finished')
        continue;
      left.set(task, element);
    }
  }
  return left;
}

/** Rung after rung: what one comes to says what the next one is. */
export async function launchRungs(
  opened: Sweep,
  domain: Domain,
  launch: (left: readonly SweepElement[], total: number, label: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { plan } = opened;
  const rungs = rungCount(plan);
  for (let rung = 1; rung <= rungs; rung++) {
    if (rung > 1) await promote(opened, domain, rung);
    const left = [...(await tasksLeft(opened))].flatMap(([task, element]) =>
      element !== undefined && rungOfTask(plan, task) === rung ? [element] : [],
    );
    const { count: total } = rungTasks(plan, rung);
    if (left.length > 0) await launch(left, total, rungs === 1 ? 'sweep' : `rung ${rung} of ${rungs}`);
    if (signal.aborted) return;
  }
}
