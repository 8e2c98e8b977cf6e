// The results of a report: each figure with its interval, beside the paper's, the exact and the baselines'.
import type { Figure } from '../../domains/domain.ts';
import { countText, estimateDecimals, estimateText, exactText, paperText } from '../format/number-text.ts';
import { type Html, html } from './html.ts';
import { intervalPlot } from './interval-plot.ts';

const percent = (level: number): string => `${Number((100 * level).toFixed(2))} %`;

function rows(figure: Figure): Html {
  const { label, unit, n, note, level, baselines = [] } = figure;
  const decimals = estimateDecimals(figure);
  const { value, interval } = estimateText(figure, decimals);
  const size = n === undefined ? undefined : `n = ${countText(n)}`;
  const goesOn = baselines.length > 0 || note !== undefined;
  const main = html`<tr${goesOn && html` class="more"`}>
<td class="label">${label}${unit && html` <span class="quiet">(${unit})</span>`}${size && html`<div class="quiet small">${size}</div>`}</td>
<td class="number value" data-label="value">${value}</td><td class="number" data-label="${percent(level)} interval">${interval}</td>
<td class="number" data-label="paper">${paperText(figure)}</td><td class="number" data-label="exact">${exactText(figure)}</td>
<td>${intervalPlot(figure)}</td></tr>`;
  const others = baselines.map((baseline, i) => {
    const text = estimateText(baseline, decimals);
    const last = i === baselines.length - 1 && note === undefined;
    return html`<tr class="baseline${!last && ' more'}"><td class="label">${baseline.label}</td>
<td class="number" data-label="value">${text.value}</td><td class="number" data-label="interval">${text.interval}</td>
<td></td><td></td><td></td></tr>`;
  });
  const last = note && html`<tr class="note"><td class="label quiet small" colspan="6">${note}</td></tr>`;
  return html`${main}${others}${last}`;
}

const mark = (drawing: Html, text: string): Html =>
  html`<span><svg class="interval" width="22" height="12" viewBox="0 0 22 12" aria-hidden="true">${drawing}</svg>${text}</span>`;

const key = html`<p class="key">
${mark(html`<line class="range" x1="3" x2="19" y1="6" y2="6"/><circle class="value" cx="11" cy="6" r="4"/>`, 'this run')}
${mark(html`<rect class="paper" x="-3.5" y="-3.5" width="7" height="7" transform="translate(11 6) rotate(45)"/>`, 'paper')}
${mark(html`<line class="exact" x1="11" x2="11" y1="0" y2="12"/>`, 'exact')}
${mark(html`<circle class="baseline" cx="11" cy="6" r="4"/>`, 'baseline')}</p>`;

export function resultsSection(figures: readonly Figure[], title = 'Results'): Html {
  const levels = [...new Set(figures.map(({ level }) => percent(level)))].join(', ');
  return html`<section><h2>${title}</h2><table class="stacked"><thead><tr><th>figure</th><th class="number">value</th>
<th class="number">${levels} interval</th><th class="number">paper</th><th class="number">exact</th><th></th></tr></thead>
<tbody>${figures.map(rows)}</tbody></table>${key}</section>`;
}
