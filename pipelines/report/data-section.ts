// Where the data of a run came from and what is in them.
import { basename } from 'node:path';
import { splitNames } from '../../data-adapters/dataset.ts';
import { countText } from '../format/number-text.ts';
import type { PartRecord } from '../run-directory/data-record.ts';
import { type Html, html } from './html.ts';
import type { ReportContent } from './report-content.ts';

/** `label 0: 1,200, 1: 1,300` over all splits together. */
function labels({ columns }: PartRecord): string {
  return Object.entries(columns)
    .flatMap(([name, { values }]) => {
      if (values === undefined) return [];
      const totals = new Map<string, number>();
      for (const counts of Object.values(values)) {
        for (const [value, n] of Object.entries(counts)) totals.set(value, (totals.get(value) ?? 0) + n);
      }
      const listed = [...totals].sort(([a], [b]) => Number(a) - Number(b));
      return [`${name} ${listed.map(([value, n]) => `${value}: ${countText(n)}`).join(', ')}`];
    })
    .join('; ');
}

function row([name, part]: [string, PartRecord]): Html {
  const columns = Object.entries(part.columns).map(([column, { type, shape }]) =>
    [column, type, ...(shape.length > 0 ? [shape.join('×')] : [])].join(' '),
  );
  const files = [...(part.prepared ? [part.prepared] : []), ...Object.values(part.stored?.files ?? {})];
  const hash = files.map(
    ({ path, sha256 }) =>
      html`<div class="quiet small">${basename(path)} sha256 <code>${sha256.slice(0, 16)}</code></div>`,
  );
  return html`<tr><td class="label">${name}${hash}</td><td class="number" data-label="rows">${countText(part.rows)}</td>
${splitNames.map((split) => html`<td class="number" data-label="${split}">${countText(part.splits[split])}</td>`)}
<td class="small" data-label="columns">${columns.join('; ')}${labels(part) !== '' && html`<br>${labels(part)}`}</td></tr>`;
}

/** Parts that come from the same place are described once. */
function sources({ parts }: ReportContent['data']): Html[] {
  const byText = new Map<string, { names: string[]; part: PartRecord }>();
  for (const [name, part] of Object.entries(parts)) {
    const { kind, source, notes, files, classes } = part.provenance;
    const text = JSON.stringify([kind, source, notes, files, classes]);
    const group = byText.get(text) ?? { names: [], part };
    group.names.push(name);
    byText.set(text, group);
  }
  return [...byText.values()].map(({ names, part: { provenance } }) => {
    const whose = byText.size > 1 && html`<strong>${names.join(', ')}</strong>: `;
    const files = provenance.files?.map(
      ({ path, bytes, sha256 }) =>
        html`<tr><td><code>${path}</code></td><td class="number">${countText(bytes)}</td><td><code>${sha256}</code></td></tr>`,
    );
    return html`<p>${whose}${provenance.kind === 'simulated' ? 'Simulated' : 'Read from files'}: ${provenance.source}.</p>
${provenance.notes.length > 0 && html`<ul class="small">${provenance.notes.map((note) => html`<li>${note}</li>`)}</ul>`}
${provenance.classes && html`<p class="small">Classes: ${provenance.classes.join(', ')}.</p>`}
${
  files &&
  html`<details><summary>${files.length} files</summary><div class="scroll"><table>
<thead><tr><th>file</th><th class="number">bytes</th><th>sha256</th></tr></thead><tbody>${files}</tbody></table></div></details>`
}`;
  });
}

export function dataSection({ data }: ReportContent): Html {
  const heads = splitNames.map((split) => html`<th class="number">${split}</th>`);
  return html`<section><h2>Data</h2>${sources(data)}
<table class="stacked"><thead><tr><th>part</th><th class="number">rows</th>${heads}<th>columns</th></tr></thead>
<tbody>${Object.entries(data.parts).map(row)}</tbody></table></section>`;
}
