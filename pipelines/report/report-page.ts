// report.html: one file that needs no network, no script and no other file.
import type { Plot, PlotTable } from '../../domains/domain.ts';
import { durationText } from '../format/number-text.ts';
import { dataSection } from './data-section.ts';
import { type Html, html, Html as Markup } from './html.ts';
import { renderPlot } from './render-plot.ts';
import { repeatSection, settingsSection } from './repeat-section.ts';
import type { ReportContent } from './report-content.ts';
import { reportStyle } from './report-style.ts';
import { resultsSection } from './results-section.ts';

/** Width beyond which a plot gets a row of its own, in the px of a plot. */
const wide = 640;

/** Width of a PNG from its header (PNG 3rd edition, 11.2.1). */
const pngWidth = (png: Uint8Array): number => Buffer.from(png).readUInt32BE(16);

/** The first column names the rows; the others are numbers. */
const tableOf = ({ head, rows }: PlotTable): Html => html`<div class="scroll"><table>
<thead><tr>${head.map((cell, i) => html`<th${i > 0 && html` class="number"`}>${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, i) => html`<td${i > 0 && html` class="number"`}>${cell}</td>`)}</tr>`)}</tbody></table></div>`;

async function plotFigure({ id, title, caption, vegaLite, png, table }: Plot): Promise<Html> {
  const svg = vegaLite && (await renderPlot(id, vegaLite));
  const image = png && `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const width = png ? pngWidth(png) : Number(/width="([\d.]+)"/.exec(svg?.text ?? '')?.[1] ?? 0);
  const broad = width > wide || table !== undefined;
  return html`<figure id="plot-${id}"${broad && html` class="wide"`}><h3>${title}</h3>
${svg}${image && html`<img src="${image}" alt="${title}">`}${table && tableOf(table)}
<figcaption>${caption}</figcaption></figure>`;
}

async function plotsSection(title: string, plots: readonly Plot[]): Promise<Html | undefined> {
  if (plots.length === 0) return undefined;
  const drawn: Html[] = [];
  for (const plot of plots) drawn.push(await plotFigure(plot));
  return html`<section><h2>${title}</h2><div class="plots">${drawn}</div></section>`;
}

function head({ domain, status, results, environment }: ReportContent): Html {
  const { paper } = domain;
  const facts = [
    ['preset', status.preset],
    ['seed', `${status.seed}`],
    ['device', results.device],
    ['time', durationText(results.wallSeconds)],
    ['made', `${status.created.slice(0, 16).replace('T', ' ')} UTC`],
    ['deepfield', environment.deepfield],
  ];
  const arxiv =
    paper.arxiv && html`, <a href="https://arxiv.org/abs/${paper.arxiv}">arXiv:${paper.arxiv}</a>`;
  return html`<header><h1>${domain.title}</h1>
<p>${domain.summary}</p>
<p class="quiet">After ${paper.citation}, <a href="https://doi.org/${paper.doi}">doi:${paper.doi}</a>${arxiv}.</p>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></header>`;
}

/** The page as text. */
export async function reportPage(content: ReportContent): Promise<string> {
  const { domain, status, plots, curves } = content;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="deepfield">
<title>${domain.title}: ${status.preset}, seed ${status.seed}</title>
<style>${new Markup(reportStyle)}</style></head>
<body>
${head(content)}
${resultsSection(content.figures)}
${await plotsSection('Plots', plots)}
${await plotsSection('Training', curves)}
${dataSection(content)}
${repeatSection(content)}
${settingsSection(content)}
<footer>Made by deepfield ${content.environment.deepfield}. Intervals are at the level stated; a result without one is none.</footer>
</body></html>
`;
  return page.text;
}
