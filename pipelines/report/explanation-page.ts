// An explanation as a page: one file that needs no network, no script and no other file, in the report's own style.
import type { Explanation, ExplanationSection } from '../../domains/explanation.ts';
import { type Html, html, Html as Markup } from './html.ts';
import { plotFigure, tableOf } from './plot-figure.ts';
import { reportStyle } from './report-style.ts';

async function section({ title, text, tables = [], plots = [] }: ExplanationSection): Promise<Html> {
  const drawn: Html[] = [];
  for (const plot of plots) drawn.push(await plotFigure(plot));
  return html`<section><h2>${title}</h2>
${text.map((paragraph) => html`<p>${paragraph}</p>`)}
<div class="plots">${tables.map((table) => html`<figure class="wide"><h3>${table.title}</h3>${tableOf(table)}</figure>`)}${drawn}</div></section>`;
}

/** The page as text. */
export async function explanationPage({ title, sections }: Explanation): Promise<string> {
  const parts: Html[] = [];
  for (const each of sections) parts.push(await section(each));
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="deepfield">
<title>${title}</title>
<style>${new Markup(reportStyle)}</style></head>
<body>
<header><h1>${title}</h1></header>
${parts}
<footer>Computed by deepfield as this page was written.</footer>
</body></html>
`.text;
}
