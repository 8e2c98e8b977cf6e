// An explanation as a page: one file that needs no network, no script and no other file, in the report's own style.
import type { Explanation, ExplanationSection } from '../../domains/explanation.ts';
import { type Html, html } from './html.ts';
import { htmlPage } from './html-page.ts';
import { plotFigure, tableOf } from './plot-figure.ts';

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
  return htmlPage(
    title,
    html`<header><h1>${title}</h1></header>
${parts}
<footer>Computed by deepfield as this page was written.</footer>`,
  );
}
