// One line of the log and one count for each request, when its answer has been sent or its client has gone.
import type { Service } from '../service.ts';
import { notesOf } from './notes.ts';
import { pathOf, type Step } from './step.ts';

export function requestLog({ log, metrics }: Service): Step {
  return (request, response) => {
    const start = performance.now();
    response.once('close', () => {
      const seconds = (performance.now() - start) / 1000;
      const { id, route } = notesOf(response);
      const status = response.writableFinished ? response.statusCode : 499; // nginx's number for a client that has gone
      metrics.requests.inc({ method: request.method, route, status: String(status) });
      metrics.latency.observe({ route }, seconds);
      const line = {
        id,
        method: request.method,
        path: pathOf(request),
        status,
        milliseconds: Math.round(seconds * 1e4) / 10,
        client: request.socket.remoteAddress,
      };
      if (status >= 500) log.error(line, 'request failed');
      else log.info(line, 'request');
    });
    return true;
  };
}
