// What Prometheus reads.
import type { Route } from './route.ts';

export const metricsRoute: Route = {
  method: 'get',
  path: '/metrics',
  tag: 'Operations',
  summary: 'Metrics for Prometheus',
  answers: { 200: { description: 'in its text format', content: { 'text/plain': {} } } },
  async handle(_request, response, { metrics: { registry } }) {
    response.set('content-type', registry.contentType).send(await registry.metrics());
  },
};
