// One plot on a page: its drawing, picture or table under its title, over its caption.
import type { Plot, PlotTable } from '../../domains/domain.ts';
import { type Html, html } from './html.ts';
import { renderPlot } from './render-plot.ts';

/** Width beyond which a plot gets a row of its own, in the px of a plot. */
const wide = 640;

/** Width of a PNG from its header (PNG 3rd edition, 11.2.1). */
const pngWidth = (png: Uint8Array): number => Buffer.from(png).readUInt32BE(16);

/** A table whose first column names the rows; the others are numbers. */
export const tableOf = ({ head, rows }: PlotTable): Html => html`<div class="scroll"><table>
<thead><tr>${head.map((cell, i) => html`<th${i > 0 && html` class="number"`}>${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, i) => html`<td${i > 0 && html` class="number"`}>${cell}</td>`)}</tr>`)}</tbody></table></div>`;

/** A plot with its title and caption, drawn. */
export async function plotFigure({ id, title, caption, vegaLite, png, table }: Plot): Promise<Html> {
  const svg = vegaLite && (await renderPlot(id, vegaLite));
  const image = png && `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const width = png ? pngWidth(png) : Number(/width="([\d.]+)"/.exec(svg?.text ?? '')?.[1] ?? 0);
  const broad = width > wide || table !== undefined;
  return html`<figure id="plot-${id}"${broad && html` class="wide"`}><h3>${title}</h3>
${svg}${image && html`<img src="${image}" alt="${title}">`}${table && tableOf(table)}
<figcaption>${caption}</figcaption></figure>`;
}
