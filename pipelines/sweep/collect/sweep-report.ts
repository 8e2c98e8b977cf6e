// report.html of a sweep: which trial validation chooses, the test figures of that one alone, what mattered, and every trial.
import { join } from 'node:path';
import type { Domain, Plot } from '../../../domains/domain.ts';
import { countText, durationText } from '../../format/number-text.ts';
import { version } from '../../package-root.ts';
import { type Html, html } from '../../report/html.ts';
import { htmlPage } from '../../report/html-page.ts';
import { plotFigure } from '../../report/plot-figure.ts';
import { quoted } from '../../report/reproduce.ts';
import { resultsSection } from '../../report/results-section.ts';
import { elementCommand } from '../element-command.ts';
import { parseParameter } from '../parameter.ts';
import type { Sweep } from '../sweep-plan.ts';
import type { CollectedElement } from './collect-elements.ts';
import { parameterImportance } from './importance.ts';
import { objectiveText } from './objective.ts';
import { rungsSection } from './rungs-section.ts';
import { importancePlot, objectiveCurves, parallelPlot } from './sweep-plots.ts';
import { settingPaths } from './sweep-table.ts';
import { firstRung, level, type SweepSummary, summarise, trialFigures, valueText } from './trial-summary.ts';
import { workSeconds } from './work-seconds.ts';

const mostTrialsShown = 50;

const cellText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function head({ plan }: Sweep, domain: Domain, elements: readonly CollectedElement[]): Html {
  const finished = elements.filter(({ state }) => state.status === 'finished');
  const seconds = workSeconds(
    plan,
    elements.map(({ state }) => state),
  );
  const facts = [
    ['trials', `${countText(plan.trials)} by ${plan.strategy}`],
    ['seeds each', `${plan.seeds}`],
    ...(plan.folds === undefined ? [] : [['folds', `${plan.folds}`]]),
    ['finished', `${countText(finished.length)} of ${countText(elements.length)} runs`],
    ['preset', plan.preset],
    ['seed', `${plan.seed}`],
    ['work', durationText(seconds)],
  ];
  return html`<header><h1>Sweep: ${domain.title}</h1>
<p>Trials are compared by the ${objectiveText(plan.objective)}${plan.objective.network === undefined && ' of the primary network'}, which is measured on validation data. The test set chooses nothing.</p>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></header>`;
}

const foldsText = (folds: number): string =>
  `Each of ${folds} parts of the data is the test set of one run, so that every row is tested on once for each seed. The runs share most of what they were trained on; the interval allows for that by the variance (1/n + test rows / training rows) s² of Nadeau and Bengio (2003), a careful guess, since no estimate is unbiased.`;

function choice({ paths, plan }: Sweep, { chosen, ranked }: SweepSummary): Html {
  if (chosen === undefined) {
    return html`<section><h2>Chosen by validation</h2><p>No trial is finished with all its seeds yet.</p></section>`;
  }
  const { trial, values, estimate, runs, best } = chosen;
  const { folds } = plan;
  const seeds = runs.length;
  const { element } = best.state;
  const rows = Object.entries(values).map(
    ([path, value]) =>
      html`<tr><td><code>${path}</code></td><td class="number value">${cellText(value)}</td></tr>`,
  );
  const interval = folds === undefined ? "Student's" : "Nadeau and Bengio's";
  const what = folds === undefined ? 'seeds' : plan.seeds === 1 ? 'folds' : 'folds and seeds';
  const over = seeds > 1 ? `, mean over ${seeds} ${what} with ${interval} ${100 * level} % interval` : '';
  const next = ranked.at(1);
  const rival =
    seeds > 1 &&
    next?.rung === chosen.rung &&
    next.estimate.low <= estimate.high &&
    estimate.low <= next.estimate.high;
  return html`<section><h2>Chosen by validation: trial ${trial}</h2>
<table><thead><tr><th>parameter</th><th class="number">value</th></tr></thead><tbody>${rows}
<tr><td>${objectiveText(plan.objective)}<span class="quiet">${over}</span></td><td class="number value">${valueText(estimate)}</td></tr></tbody></table>
${rival && html`<p class="quiet">The interval overlaps with that of the next best, trial ${next.trial}: another choice of seeds might have chosen it.</p>`}
<p class="quiet">${folds !== undefined ? 'Its best fold is in' : seeds > 1 ? `Its best seed is ${element.seed}, in` : 'Its run is'} <code>${join(paths.root, element.run)}</code>; its report has the rest.</p></section>
${resultsSection(trialFigures(chosen), folds === undefined ? 'Its test figures' : `Its test figures, means over ${seeds} runs`)}
<p class="quiet small">${folds === undefined ? 'Figures of the test set, of this run alone.' : foldsText(folds)} The objective above is the best of ${ranked.length} trials and so flatters itself a little; these figures do not.</p>`;
}

async function plotsSection(plots: readonly Plot[]): Promise<Html | undefined> {
  if (plots.length === 0) return undefined;
  const drawn: Html[] = [];
  for (const plot of plots) drawn.push(await plotFigure(plot));
  return html`<section><h2>What mattered</h2><div class="plots">${drawn}</div></section>`;
}

function trialsTable({ plan }: Sweep, { ranked }: SweepSummary): Html | undefined {
  if (ranked.length === 0) return undefined;
  const paths = settingPaths(plan);
  const rows = ranked.slice(0, mostTrialsShown).map(
    ({
      trial,
      values,
      estimate,
    }) => html`<tr><td>${trial}</td>${paths.map((path) => html`<td class="number">${cellText(values[path])}</td>`)}
<td class="number value">${valueText(estimate)}</td></tr>`,
  );
  const more =
    ranked.length > mostTrialsShown &&
    html`<p class="quiet">The best ${mostTrialsShown} of ${ranked.length}; sweep.csv has all.</p>`;
  return html`<section><h2>Trials, best first</h2><div class="scroll"><table><thead><tr><th>trial</th>
${paths.map((path) => html`<th class="number">${path}</th>`)}<th class="number">${plan.objective.metric}</th></tr></thead>
<tbody>${rows}</tbody></table></div>${more}</section>`;
}

function unfinished(elements: readonly CollectedElement[]): Html | undefined {
  const failed = elements.filter(({ state }) => state.status === 'failed');
  const open =
    elements.length - failed.length - elements.filter(({ state }) => state.status === 'finished').length;
  if (failed.length === 0 && open === 0) return undefined;
  const parts = failed.map(
    ({ state: { element, failure } }) => html`<h3>${element.id}</h3>
<p>Ended with ${failure?.exit} after ${failure?.attempts} attempt${failure?.attempts !== 1 && 's'}. Its last lines:</p><pre>${failure?.lines.join('\n')}</pre>`,
  );
  return html`<section><h2>Not finished</h2>${open > 0 && html`<p>${open} run${open > 1 && 's'} to come.</p>`}${parts}</section>`;
}

function repeat({ paths, plan }: Sweep, { chosen }: SweepSummary): Html | undefined {
  if (chosen === undefined) return undefined;
  const { element } = chosen.best.state;
  const run = join(paths.root, element.run);
  return html`<section><h2>Repeat and use</h2>
<p>Make the chosen run by hand:</p><pre>${elementCommand(plan, element).map(quoted).join(' ')}</pre>
<p>Ask its networks, or serve them:</p><pre>npx deepfield predict ${run} &lt;file&gt;...
npx deepfield serve ${run}</pre></section>`;
}

/** The page as text. */
export async function sweepReport(
  sweep: Sweep,
  domain: Domain,
  elements: readonly CollectedElement[],
  summary: SweepSummary,
): Promise<string> {
  const { plan } = sweep;
  const parameters = plan.parameters.map(({ path, spec }) => parseParameter(`${path}=${spec}`));
  const alike = plan.halving === undefined ? summary : summarise(firstRung(elements), plan.objective);
  const importance = parameterImportance(alike.ranked, parameters, plan.seed);
  // All trials at the budget that all had, the chosen one marked.
  const all = { ...alike, chosen: summary.chosen };
  const plots = [
    ...importancePlot(importance, alike.ranked.length),
    ...objectiveCurves(elements, summary, plan.objective),
    ...parallelPlot(all, parameters, plan.objective),
  ];
  return htmlPage(
    `Sweep: ${domain.title}`,
    html`${head(sweep, domain, elements)}
${choice(sweep, summary)}
${await rungsSection(sweep, elements)}
${await plotsSection(plots)}
${trialsTable(sweep, summary)}
${unfinished(elements)}
${repeat(sweep, summary)}
<footer>Made by deepfield ${version()}.</footer>`,
  );
}
