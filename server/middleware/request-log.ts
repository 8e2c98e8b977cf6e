// One line of the log and one count for each request, when its answer has been sent or its client has gone.
import type { RequestHandler, Response } from 'express';
import type { Service } from '../service.ts';
import { idOf } from './request-id.ts';

/** The route as it is written, for the metrics: paths of requests are without number. */
export function setRoute(response: Response, route: string): void {
  response.locals.route = route;
}

export function requestLog({ log, metrics }: Service): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    response.once('close', () => {
      const seconds = (performance.now() - start) / 1000;
      const route = String(response.locals.route ?? 'none');
      const status = response.writableFinished ? response.statusCode : 499; // nginx's number for a client that has gone
      metrics.requests.inc({ method: request.method, route, status: String(status) });
      metrics.latency.observe({ route }, seconds);
      const line = {
        id: idOf(response),
        method: request.method,
        path: request.path,
        status,
        milliseconds: Math.round(seconds * 1e4) / 10,
        client: request.socket.remoteAddress,
      };
      if (status >= 500) log.error(line, 'request failed');
      else log.info(line, 'request');
    });
    next();
  };
}
