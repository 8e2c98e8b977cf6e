// The interface described: for programs at /openapi.json, for people at /docs.
import type { Response } from 'express';
import { docsPage } from '../docs/docs-page.ts';
import { docsStyle } from '../docs/docs-style.ts';
import { type OpenApi, openApiDocument } from '../openapi/document.ts';
import type { Service } from '../service.ts';
import { predictRoute } from './predict.ts';
import type { Route } from './route.ts';

const tag = 'Operations';

/** Routes that describe `routes` and themselves. */
export function docsRoutes(routes: readonly Route[]): readonly Route[] {
  let known: { readonly edition: number; readonly document: OpenApi } | undefined;
  const documentOf = ({ catalogue, version, settings }: Service): OpenApi => {
    if (known?.edition === catalogue.edition) return known.document;
    const document = openApiDocument({
      routes: [...routes, ...own],
      predict: predictRoute,
      catalogue,
      version,
      keyed: settings.apiKeys.length > 0,
    });
    known = { edition: catalogue.edition, document };
    return document;
  };
  const page =
    (type: string, make: (service: Service) => string) =>
    (_: unknown, response: Response, service: Service) => {
      response.type(type).send(make(service));
    };
  const own: readonly Route[] = [
    {
      method: 'get',
      path: '/openapi.json',
      tag,
      summary: 'This interface as OpenAPI 3.1',
      open: true,
      answers: {
        200: { description: 'the document', content: { 'application/json': { schema: { type: 'object' } } } },
      },
      handle: page('application/json', (service) => JSON.stringify(documentOf(service))),
    },
    {
      method: 'get',
      path: '/docs',
      tag,
      summary: 'This interface as a page',
      open: true,
      answers: { 200: { description: 'the page', content: { 'text/html': {} } } },
      handle: page('text/html', (service) => docsPage(documentOf(service))),
    },
    {
      method: 'get',
      path: '/docs/style.css',
      tag,
      summary: 'Style of that page',
      open: true,
      answers: { 200: { description: 'the style', content: { 'text/css': {} } } },
      handle: page('text/css', () => docsStyle),
    },
  ];
  return own;
}
