// The rungs of successive halving in a sweep's report: what each cost, who went on, and how.
import { countText, durationText } from '../../format/number-text.ts';
import { type Html, html } from '../../report/html.ts';
import { readPromotion } from '../halving/rung-elements.ts';
import type { Sweep } from '../sweep-plan.ts';
import type { CollectedElement } from './collect-elements.ts';
import { workSeconds } from './work-seconds.ts';

function how(trials: number, continued: number): string {
  if (continued === 0) return 'trained anew';
  return continued === trials
    ? 'gone on with from their checkpoints'
    : `${continued} gone on with, the others anew`;
}

/** Undefined for a sweep that is not halved. */
export async function rungsSection(
  sweep: Sweep,
  elements: readonly CollectedElement[],
): Promise<Html | undefined> {
  const { halving } = sweep.plan;
  if (halving === undefined) return undefined;
  const { path, budgets, places, reduction, continued } = halving;
  const all = elements.map(({ state }) => state);
  const rows: Html[] = [];
  for (const [i, budget] of budgets.entries()) {
    const own = elements.filter(({ state }) => (state.element.rung ?? 1) === i + 1);
    const promoted = (await readPromotion(sweep, i + 2))?.promoted;
    const trials = i === 0 ? places[0] : (await readPromotion(sweep, i + 1))?.promoted.length;
    const states = own.map(({ state }) => state);
    const seconds = workSeconds(sweep.plan, states, all);
    const old = new Set(
      own.map(({ state }) => state.element.trial).filter((trial) => continued.includes(trial)),
    );
    const begun = i === 0 ? '' : trials === undefined ? 'not decided yet' : how(trials, old.size);
    rows.push(html`<tr><td>${i + 1}</td><td class="number">${budget}</td><td class="number">${trials === undefined ? `at most ${places[i]}` : countText(trials)}</td>
<td>${begun}</td><td class="number">${durationText(seconds)}</td><td>${promoted?.map((trial) => `${trial}`).join(', ')}</td></tr>`);
  }
  return html`<section><h2>Rungs</h2>
<p>Successive halving (Jamieson and Talwalkar 2016): of ${reduction} trials one goes on to the next rung, the best by validation. Trials of different rungs have different budgets, so that only those of the last one are compared for the choice; what follows of all trials is of the first rung.</p>
<div class="scroll"><table><thead><tr><th>rung</th><th class="number"><code>${path}</code></th><th class="number">trials</th><th>how</th><th class="number">work</th><th>promoted, best first</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}
