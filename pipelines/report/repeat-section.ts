// How to make a run again, how to use its networks, and what it was made with.
import { countText } from '../format/number-text.ts';
import { type Html, html } from './html.ts';
import type { ReportContent } from './report-content.ts';

export function repeatSection({ command, run, domain, networks }: ReportContent): Html {
  const rows = networks.map(
    ({ id, bytes, primary }) =>
      html`<tr><td><code>models/${id}.onnx</code>${primary && html` <span class="quiet">(also model.onnx)</span>`}</td>
<td class="number">${countText(bytes)}</td></tr>`,
  );
  return html`<section><h2>Repeat and use</h2>
<p>Make this run again:</p><pre>${command}</pre>
<p>Ask its networks about your own files (${domain.predict.accepts}):</p><pre>npx deepfield predict ${run} &lt;file&gt;...</pre>
<p>Measure them on other data:</p><pre>npx deepfield evaluate ${run} --source &lt;path&gt;</pre>
<details><summary>${networks.length === 1 ? 'one network' : `${networks.length} networks`}</summary>
<table><thead><tr><th>file</th><th class="number">bytes</th></tr></thead><tbody>${rows}</tbody></table></details></section>`;
}

export function settingsSection({ config, environment }: ReportContent): Html {
  const { packages, ...machine } = environment;
  const names: Readonly<Record<string, string>> = { memoryGiB: 'memory (GiB)', node: 'Node.js' };
  const lines = Object.entries({ ...machine, ...packages }).map(
    ([name, value]) => html`<tr><td>${names[name] ?? name}</td><td><code>${value}</code></td></tr>`,
  );
  return html`<section><h2>Settings and environment</h2>
<details><summary>config.yaml</summary><pre>${config}</pre></details>
<details><summary>environment</summary><table><tbody>${lines}</tbody></table></details></section>`;
}
