// Who goes on to the next rung: the best by validation, of those whose every seed has the objective; of equal ones the one that was
// drawn first. Decided once, by whoever comes first, a task or the launcher: what is decided stands in rungs/<n>.json and stays, so
// that two who decide at once, and all who come later, agree.

import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { UserError } from '../../../core/errors.ts';
import { writeFileOnce } from '../../../core/files/write-once.ts';
import type { Domain } from '../../../domains/domain.ts';
import { readElement } from '../collect/collect-elements.ts';
import { summarise } from '../collect/trial-summary.ts';
import { type ElementState, elementState } from '../element-state.ts';
import type { Sweep } from '../sweep-plan.ts';
import { elementsByTask, type Promotion, promotionPath, readPromotion, rungOfTask } from './rung-elements.ts';

/** States of the elements of a rung. */
async function statesOf(sweep: Sweep, rung: number): Promise<ElementState[]> {
  const states: ElementState[] = [];
  for (const [task, element] of await elementsByTask(sweep)) {
    if (rungOfTask(sweep.plan, task) === rung) states.push(await elementState(sweep, element));
  }
  return states;
}

/**
 * Promotes trials to a rung, if nobody did.
 *
 * @throws UserError while the rung before is not done, and when none of its trials came to anything
 */
export async function promote(sweep: Sweep, domain: Domain, rung: number): Promise<Promotion> {
  const decided = await readPromotion(sweep, rung);
  if (decided !== undefined) return decided;
  const { paths, plan } = sweep;
  const where = `rung ${rung} of ${paths.root}`;
  if (rung > 2) await promote(sweep, domain, rung - 1);
  const states = await statesOf(sweep, rung - 1);
  const open = states.find(({ status }) => status !== 'finished' && status !== 'failed');
  if (open !== undefined) {
    throw new UserError({
      what: `it begins when ${open.element.id} is done, which is ${open.status}`,
      where,
      how: 'start the sweep again: the same command goes on',
    });
  }
  const elements = [];
  for (const state of states) elements.push(await readElement(sweep, domain, state));
  const mistake = elements.find((element) => element.mistake !== undefined)?.mistake;
  const { ranked } = summarise(elements, plan.objective);
  if (ranked.length === 0) {
    if (mistake !== undefined) throw mistake;
    throw new UserError({
      what: `no trial of rung ${rung - 1} came to anything`,
      where,
      how: `see ${paths.logs}; the same command tries them again`,
    });
  }
  const places = plan.halving?.places[rung - 1] ?? 0;
  const promotion: Promotion = {
    version: 1,
    rung,
    objective: plan.objective,
    ranking: ranked.map(({ trial, estimate }) => ({ trial, value: estimate.value })),
    promoted: ranked.slice(0, places).map(({ trial }) => trial),
  };
  await mkdir(paths.rungs, { recursive: true });
  const text = `${JSON.stringify(promotion, null, 2)}\n`;
  if (await writeFileOnce(promotionPath(sweep, rung), text, hostname())) return promotion;
  return (await readPromotion(sweep, rung)) ?? promotion;
}
