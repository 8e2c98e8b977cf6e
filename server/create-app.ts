// What answers a request: what each goes through, then its route, then whatever went wrong. Express finds the routes, but for
// those that need nothing of it.
import type { RequestListener } from 'node:http';
import express, { type ErrorRequestHandler } from 'express';
import { findDirect } from './direct.ts';
import { HttpError } from './http-error.ts';
import { apiKey } from './middleware/api-key.ts';
import { cors } from './middleware/cors.ts';
import { failures, noSuchPath } from './middleware/failures.ts';
import { notesOf } from './middleware/notes.ts';
import { ownHost } from './middleware/own-host.ts';
import { rateLimit } from './middleware/rate-limit.ts';
import { requestId } from './middleware/request-id.ts';
import { requestLog } from './middleware/request-log.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { asMiddleware, type Step } from './middleware/step.ts';
import { allRoutes } from './routes/all-routes.ts';
import type { Route } from './routes/route.ts';
import type { Service } from './service.ts';

interface Steps {
  /** What comes before requests are counted by address. */
  readonly before: readonly Step[];
  /** What comes after. */
  readonly after: readonly Step[];
}

function stepsOf(service: Service, routes: readonly Route[]): Steps {
  const { settings } = service;
  const open = new Set(routes.filter((route) => route.open).map(({ path }) => path));
  const closing: Step = (_request, response) => {
    if (service.draining) response.setHeader('Connection', 'close');
    return true;
  };
  return {
    before: [requestId, requestLog(service), securityHeaders, ownHost(settings), cors(settings.cors)],
    after: [apiKey(settings.apiKeys, (path) => open.has(path)), closing],
  };
}

/** `/v2/models/{model}` as express writes it: `/v2/models/:model`. */
const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

function expressApp(service: Service, routes: readonly Route[], { before, after }: Steps): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(...before.map(asMiddleware), rateLimit(service), ...after.map(asMiddleware));
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const path = expressPath(route.path);
    methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()]);
    app[route.method](path, async (request, response) => {
      notesOf(response).route = route.path;
      await route.handle(request, response, service);
    });
  }
  for (const [path, allowed] of methods) {
    app.all(path, ({ method }) => {
      throw new HttpError('wrong method', `${method} is not answered here, ${allowed.join(' and ')} is`, {
        allow: allowed.join(', '),
      });
    });
  }
  app.use(noSuchPath);
  const fail = failures(service);
  app.use(((error, _request, response, _next) => fail(error, response)) satisfies ErrorRequestHandler);
  return app;
}

export function createApp(service: Service): RequestListener {
  const routes = allRoutes();
  const steps = stepsOf(service, routes);
  const app = expressApp(service, routes, steps);
  // The counting of requests by address is express's.
  if (service.settings.rateLimit > 0) return app;
  const find = findDirect(routes);
  const all = [...steps.before, ...steps.after];
  const fail = failures(service);
  return async (incoming, response) => {
    const found = find(incoming);
    if (found === undefined) return app(incoming, response);
    const { route, request } = found;
    try {
      if (!all.every((step) => step(request, response))) return;
      notesOf(response).route = route.path;
      await route.handle(request, response, service);
    } catch (error) {
      fail(error, response);
    }
  };
}
