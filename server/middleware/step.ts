// What a request goes through before its route, as a function of Node's own request and response: the same with express and
// without it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';

/** @returns false when it has answered, and nothing is to follow. @throws HttpError that the request is answered with */
export type Step = (request: IncomingMessage, response: ServerResponse) => boolean;

export const asMiddleware =
  (step: Step): RequestHandler =>
  (request, response, next) => {
    if (step(request, response)) next();
  };

/** A header that is sent once; Node joins others by commas. */
export function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** The path of a request, which proxies may ask for by its whole address. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  return !path.startsWith('/') && URL.canParse(path) ? new URL(path).pathname : path;
}
