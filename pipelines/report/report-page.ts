// report.html: one file that needs no network, no script and no other file.
import type { Paper, Plot } from '../../domains/domain.ts';
import { durationText } from '../format/number-text.ts';
import { dataSection } from './data-section.ts';
import { type Html, html } from './html.ts';
import { htmlPage } from './html-page.ts';
import { membersSection } from './members-section.ts';
import { plotFigure } from './plot-figure.ts';
import { repeatSection, settingsSection } from './repeat-section.ts';
import type { ReportContent } from './report-content.ts';
import { resultsSection } from './results-section.ts';

async function plotsSection(title: string, plots: readonly Plot[]): Promise<Html | undefined> {
  if (plots.length === 0) return undefined;
  const drawn: Html[] = [];
  for (const plot of plots) drawn.push(await plotFigure(plot));
  return html`<section><h2>${title}</h2><div class="plots">${drawn}</div></section>`;
}

function citation({ citation: text, doi, arxiv }: Paper): Html {
  const preprint = arxiv && html`, <a href="https://arxiv.org/abs/${arxiv}">arXiv:${arxiv}</a>`;
  return html`<p class="quiet">After ${text}, <a href="https://doi.org/${doi}">doi:${doi}</a>${preprint}.</p>`;
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
  return html`<header><h1>${domain.title}</h1>
<p>${domain.summary}</p>
${paper && citation(paper)}
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></header>`;
}

/** The page as text. */
export async function reportPage(content: ReportContent): Promise<string> {
  const { domain, status, plots, curves } = content;
  return htmlPage(
    `${domain.title}: ${status.preset}, seed ${status.seed}`,
    html`${head(content)}
${resultsSection(content.figures)}
${membersSection(content)}
${await plotsSection('Plots', plots)}
${await plotsSection('Training', curves)}
${dataSection(content)}
${repeatSection(content)}
${settingsSection(content)}
<footer>Made by deepfield ${content.environment.deepfield}. Intervals are at the level stated; a result without one is none.</footer>`,
  );
}
