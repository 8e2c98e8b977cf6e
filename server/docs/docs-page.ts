// The page at /docs: the OpenAPI document as a person reads it, made here and sent whole. It runs no script and loads nothing
// from elsewhere, so that it works offline.
import { type Html, html } from '../../pipelines/report/html.ts';
import type { OpenApi, Operation } from '../openapi/document.ts';
import type { Content, Parameter } from '../routes/route.ts';

/** Longest text of an example or a schema that is shown. */
const longest = 4000;

function pretty(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return text.length > longest ? `${text.slice(0, longest)}\n... (/openapi.json has all of it)` : text;
}

function contentHtml(content: Content): Html {
  const types = Object.entries(content);
  const plain = types.filter(([, { schema }]) => schema === undefined).map(([type]) => type);
  const described = types.filter(([, { schema }]) => schema !== undefined);
  return html`${plain.length > 0 && html`<p>${plain.join(', ')}</p>`}${described.map(
    ([type, { schema, example }]) =>
      html`<p>${type}</p>${
        example !== undefined && html`<p>Example</p><pre>${pretty(example)}</pre>`
      }<details><summary>Schema</summary><pre>${pretty(schema)}</pre></details>`,
  )}`;
}

const parametersHtml = (parameters: readonly Parameter[]): Html =>
  html`<table><thead><tr><th>Parameter</th><th>in</th><th></th></tr></thead><tbody>${parameters.map(
    ({ name, in: place, required, description }) =>
      html`<tr><td><code>${name}</code>${required && ' *'}</td><td>${place}</td><td>${description}</td></tr>`,
  )}</tbody></table>`;

function operationHtml(path: string, method: string, operation: Operation): Html {
  const { summary, description, parameters = [], requestBody, responses } = operation;
  return html`<details id="${operation.operationId}"><summary><span class="method">${method}</span> <code>${path}</code> ${summary}</summary>
${description !== undefined && html`<p>${description}</p>`}
${parameters.length > 0 && parametersHtml(parameters)}
${requestBody !== undefined && html`<h3>Body</h3>${contentHtml(requestBody.content)}`}
<h3>Answers</h3>${Object.entries(responses).map(
    ([status, { description: meaning, content = {} }]) =>
      html`<h4>${status}: ${meaning}</h4>${contentHtml(content)}`,
  )}</details>`;
}

/** The page as HTML. */
export function docsPage({ info, tags, paths }: OpenApi): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${String(info.title)}: HTTP interface</title><link rel="stylesheet" href="/docs/style.css"></head><body>
<h1>${String(info.title)} ${String(info.version)}</h1>
<p>${String(info.summary)}. For programs: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1). <a href="/">Back to the page</a></p>
${tags.map(
  ({ name }) =>
    html`<h2>${name}</h2>${operations
      .filter(({ operation }) => operation.tags[0] === name)
      .map(({ path, method, operation }) => operationHtml(path, method, operation))}`,
)}</body></html>
`;
  return page.text;
}
