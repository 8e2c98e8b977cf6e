// How long a sweep's runs have worked. A run that goes on from another's checkpoints accounts for that one's training as its own, as
// any run does that was stopped and resumed; in a sum it counts once.
import type { ElementState } from '../element-state.ts';
import { elementBefore } from '../halving/rung-elements.ts';
import type { SweepPlan } from '../sweep-plan.ts';

/** Seconds of some elements' work. @param all those of the whole sweep */
export function workSeconds(
  plan: SweepPlan,
  states: readonly ElementState[],
  all: readonly ElementState[] = states,
): number {
  const runs = new Map(all.map(({ element, run }) => [element.id, run]));
  return states.reduce((sum, { element, run }) => {
    const before = elementBefore(plan, element);
    const { prepare = 0, train = 0 } = (before !== undefined && runs.get(before)?.seconds) || {};
    const own = Object.values(run?.seconds ?? {}).reduce((a, b) => a + b, 0);
    return sum + Math.max(0, own - (run === undefined ? 0 : prepare + train));
  }, 0);
}
