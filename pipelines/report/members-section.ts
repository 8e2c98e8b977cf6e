// What an ensemble was made of, in its report.
import { metricText } from '../format/number-text.ts';
import { type Html, html } from './html.ts';
import type { ReportContent } from './report-content.ts';

/** Undefined for a run that was trained. */
export function membersSection({ ensemble, figures }: ReportContent): Html | undefined {
  if (ensemble === undefined) return undefined;
  const { members } = ensemble;
  const [own] = figures;
  const rows = members.map(
    ({ run, seed, objective, figure }) => html`<tr><td><code>${run}</code></td><td class="number">${seed}</td>
<td class="number">${objective === undefined ? '' : metricText(objective)}</td><td class="number">${figure === undefined ? '' : metricText(figure.value)}</td></tr>`,
  );
  const label = members[0].figure?.label;
  const seeds = new Set(members.map(({ seed }) => seed)).size > 1;
  return html`<section><h2>An ensemble of ${members.length} runs</h2>
<p>Each network of this run is ${members.length} networks side by side, whose answers are averaged: probabilities, not their logarithms. Beside each answer stands the standard deviation over the members. Settings and data are those of the first.${seeds ? ' A member of another seed may have been measured on data of its own.' : ''}</p>
<div class="scroll"><table><thead><tr><th>member</th><th class="number">seed</th><th class="number">validation</th><th class="number">${label ?? 'test'}</th></tr></thead><tbody>${rows}
${own && label === own.label && html`<tr><td>together</td><td></td><td></td><td class="number value">${metricText(own.value)}</td></tr>`}</tbody></table></div></section>`;
}
