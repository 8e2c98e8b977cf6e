// One figure as a small drawing: its interval as a bar, its value as a dot, the paper's as a diamond with its error,
// the exact value as a line, baselines that are near as open circles. Hand-made SVG, since a plot library would be heavier than it.
import type { Figure } from '../../domains/domain.ts';
import { type Html, html } from './html.ts';

const width = 180;
const height = 28;
const margin = 8;

/** The drawing; nothing when there is nothing to compare with. */
export function intervalPlot({ value, low, high, paper, exact, baselines = [] }: Figure): Html | undefined {
  if (paper === undefined && exact === undefined && baselines.length === 0) return undefined;
  const error = paper?.error ?? 0;
  const marks = [value, low, high];
  if (exact !== undefined) marks.push(exact);
  if (paper !== undefined) marks.push(paper.value - error, paper.value + error);
  // A baseline far away would press everything else into a point; it is left to the table.
  const [lowest, highest] = [Math.min(...marks), Math.max(...marks)];
  const reach = 1.5 * (highest - lowest);
  const near = baselines.map((b) => b.value).filter((v) => v > lowest - reach && v < highest + reach);
  const [least, most] = [Math.min(lowest, ...near), Math.max(highest, ...near)];
  if (!(most > least)) return undefined;
  const x = (v: number): string =>
    (margin + ((v - least) / (most - least)) * (width - 2 * margin)).toFixed(1);
  const middle = height / 2;
  const bar = (from: number, to: number, kind: string): Html =>
    html`<line class="${kind}" x1="${x(from)}" x2="${x(to)}" y1="${middle}" y2="${middle}"/>`;
  const diamond = (v: number): Html => html`<rect class="paper" x="-4" y="-4" width="8" height="8"
    transform="translate(${x(v)} ${middle}) rotate(45)"/>`;
  return html`<svg class="interval" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">
    ${exact !== undefined && html`<line class="exact" x1="${x(exact)}" x2="${x(exact)}" y1="3" y2="${height - 3}"/>`}
    ${near.map((v) => html`<circle class="baseline" cx="${x(v)}" cy="${middle}" r="4"/>`)}
    ${paper && bar(paper.value - error, paper.value + error, 'paper-error')}${paper && diamond(paper.value)}
    ${bar(low, high, 'range')}<circle class="value" cx="${x(value)}" cy="${middle}" r="4.5"/></svg>`;
}
