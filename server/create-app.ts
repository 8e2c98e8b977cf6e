// The express application: what every request goes through, then the routes, then whatever went wrong.
import express, { type Express } from 'express';
import helmet from 'helmet';
import { HttpError } from './http-error.ts';
import { apiKey } from './middleware/api-key.ts';
import { cors } from './middleware/cors.ts';
import { failures, noSuchPath } from './middleware/failures.ts';
import { ownHost } from './middleware/own-host.ts';
import { rateLimit } from './middleware/rate-limit.ts';
import { requestId } from './middleware/request-id.ts';
import { requestLog, setRoute } from './middleware/request-log.ts';
import { allRoutes } from './routes/all-routes.ts';
import type { Service } from './service.ts';

/** `/v2/models/{model}` as express writes it: `/v2/models/:model`. */
const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

export function createApp(service: Service): Express {
  const { settings } = service;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(requestId, requestLog(service));
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'none'"],
          'script-src': ["'self'"],
          'style-src': ["'self'"],
          'img-src': ["'self'", 'data:', 'blob:'],
          'connect-src': ["'self'"],
          'frame-src': ["'self'"],
          'base-uri': ["'none'"],
          'form-action': ["'none'"],
          'frame-ancestors': ["'none'"],
        },
      },
      // Plain HTTP on a laptop is what this is for; whoever puts TLS before it says so there.
      strictTransportSecurity: false,
    }),
  );
  app.use(ownHost(settings), cors(settings.cors), rateLimit(service));

  const routes = allRoutes();
  const open = new Set(routes.filter((route) => route.open).map(({ path }) => path));
  app.use(apiKey(settings.apiKeys, (path) => open.has(path)));
  app.use((_request, response, next) => {
    if (service.draining) response.set('Connection', 'close');
    next();
  });
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const path = expressPath(route.path);
    methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()]);
    app[route.method](path, async (request, response) => {
      setRoute(response, route.path);
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
  app.use(failures(service));
  return app;
}
