// The page at /: what is served, and where it is described.
import { html } from '../../pipelines/report/html.ts';
import type { Route } from './route.ts';

export const homeRoute: Route = {
  method: 'get',
  path: '/',
  tag: 'Operations',
  summary: 'The page',
  open: true,
  answers: { 200: { description: 'the page', content: { 'text/html': {} } } },
  handle(_request, response, { catalogue }) {
    const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>deepfield</title><link rel="stylesheet" href="/docs/style.css"></head><body>
<h1>deepfield</h1>
<ul>${catalogue.domains.map((name) => html`<li>${catalogue.version(name).facts.domain.title}</li>`)}</ul>
<p><a href="/docs">How to ask</a></p></body></html>
`;
    response.type('text/html').send(page.text);
  },
};
