// The page at / and what it is made of. Its files are no part of the interface that /openapi.json describes.
import { clientFiles } from '../page/client-files.ts';
import { page } from '../page/page.ts';
import { pageStyle } from '../page/page-style.ts';
import type { Route } from './route.ts';

const tag = 'Operations';

export const homeRoute: Route = {
  method: 'get',
  path: '/',
  tag,
  summary: 'The page',
  open: true,
  answers: { 200: { description: 'the page', content: { 'text/html': {} } } },
  handle(_request, response) {
    response.type('text/html').send(page);
  },
};

/** Script and style of the page. */
export function homeFiles(): readonly Route[] {
  const files = [
    { name: 'style.css', type: 'text/css', text: pageStyle },
    ...clientFiles().map(({ name, text }) => ({ name, type: 'text/javascript', text })),
  ];
  return files.map(({ name, type, text }) => ({
    method: 'get',
    path: `/page/${name}`,
    tag,
    summary: name,
    open: true,
    answers: { 200: { description: 'the file', content: { [type]: {} } } },
    handle(_request, response) {
      response.set('cache-control', 'no-cache').type(type).send(text);
    },
  }));
}
