// The elements of all rungs by the numbers of their tasks. Those of the first rung are the plan's; those of a later one are known
// when the one before is done and its promotion decided, but how many they are, and so their numbers, from the beginning.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../../run-directory/json-file.ts';
import { objectiveSchema } from '../collect/objective.ts';
import { runsOfTrial, type Sweep, type SweepElement, type SweepPlan } from '../sweep-plan.ts';

export const promotionSchema = z.object({
  version: z.literal(1),
  /** The rung that the trials are promoted to. */
  rung: z.int().min(2),
  objective: objectiveSchema,
  /** Trials of the rung before with their objective, best first; those that have none are not among them. */
  ranking: z.array(z.object({ trial: z.int(), value: z.number() })),
  /** Trials that go on, best first. */
  promoted: z.array(z.int()),
});
export type Promotion = z.infer<typeof promotionSchema>;

export const promotionPath = ({ paths }: Sweep, rung: number): string => join(paths.rungs, `${rung}.json`);

/** Who was promoted to a rung; undefined while that is not decided. */
export async function readPromotion(sweep: Sweep, rung: number): Promise<Promotion | undefined> {
  const path = promotionPath(sweep, rung);
  if (!existsSync(path)) return undefined;
  return readJson(path, promotionSchema, 'restore the file, or start a new sweep');
}

/** How many rungs a sweep has: one that is not halved has one. */
export const rungCount = ({ halving }: SweepPlan): number => halving?.places.length ?? 1;

/** The numbers of a rung's tasks: the first, and how many. @param rung from 1 */
export function rungTasks(plan: SweepPlan, rung: number): { readonly first: number; readonly count: number } {
  const { halving, elements } = plan;
  if (halving === undefined) return { first: 1, count: elements.length };
  const before = halving.places.slice(0, rung - 1).reduce((a, b) => a + b, 0);
  const each = runsOfTrial(plan);
  return { first: 1 + before * each, count: halving.places[rung - 1] * each };
}

/** Tasks of all rungs. */
export function taskCount(plan: SweepPlan): number {
  const { first, count } = rungTasks(plan, rungCount(plan));
  return first + count - 1;
}

/** The rung of a task. */
export function rungOfTask(plan: SweepPlan, task: number): number {
  for (let rung = rungCount(plan); rung > 1; rung--) if (task >= rungTasks(plan, rung).first) return rung;
  return 1;
}

/** Elements of a later rung by task; fewer than its tasks where fewer trials than places were left. */
function* promotedElements(
  plan: SweepPlan,
  { rung, promoted }: Promotion,
): Generator<[number, SweepElement]> {
  const { halving, elements } = plan;
  if (halving === undefined) return;
  const { first } = rungTasks(plan, rung);
  for (const [place, trial] of promoted.entries()) {
    const own = elements.filter((element) => element.trial === trial);
    for (const [k, element] of own.entries()) {
      const id = `${element.id}-r${rung}`;
      const values = { ...element.values, [halving.path]: halving.budgets[rung - 1] };
      yield [first + place * runsOfTrial(plan) + k, { ...element, id, rung, values, run: `runs/${id}` }];
    }
  }
}

/** Every element that is known by now, by the number of its task, ascending. */
export async function elementsByTask(sweep: Sweep): Promise<Map<number, SweepElement>> {
  const { plan } = sweep;
  const known = new Map(plan.elements.map((element, i) => [i + 1, element]));
  for (let rung = 2; rung <= rungCount(plan); rung++) {
    const promotion = await readPromotion(sweep, rung);
    if (promotion === undefined) break;
    for (const [task, element] of promotedElements(plan, promotion)) known.set(task, element);
  }
  return known;
}

/** The name of the element of the rung before that a promoted trial goes on from; undefined where it is trained anew. */
export function elementBefore(
  { halving }: SweepPlan,
  { id, trial, rung = 1 }: SweepElement,
): string | undefined {
  if (rung < 2 || !halving?.continued.includes(trial)) return undefined;
  return id.replace(/-r\d+$/, rung === 2 ? '' : `-r${rung - 1}`);
}
