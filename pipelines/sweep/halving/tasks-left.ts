// What is still to do in a sweep.
import { elementState } from '../element-state.ts';
import type { Sweep, SweepElement } from '../sweep-plan.ts';
import { elementsByTask, readPromotion, rungCount, rungTasks } from './rung-elements.ts';

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
