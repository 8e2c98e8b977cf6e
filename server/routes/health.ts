// Whether the server lives and whether it can answer: for whoever watches over it. Neither waits for a worker.

import { serverLive, serverMetadata, serverReady } from '../schemas/inference.ts';
import { jsonSchema } from '../schemas/json-schema.ts';
import { json, type Route } from './route.ts';

const tag = 'Open Inference Protocol';

export const healthRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/v2',
    tag,
    summary: 'The server',
    answers: {
      200: { description: 'name, version and extensions', content: json(jsonSchema(serverMetadata)) },
    },
    handle(_request, response, { version }) {
      response.json({ name: 'deepfield', version, extensions: ['binary_tensor_data', 'model_repository'] });
    },
  },
  {
    method: 'get',
    path: '/v2/health/live',
    tag,
    summary: 'Whether the server lives',
    open: true,
    answers: { 200: { description: 'it does', content: json(jsonSchema(serverLive)) } },
    handle(_request, response) {
      response.json({ live: true });
    },
  },
  {
    method: 'get',
    path: '/v2/health/ready',
    tag,
    summary: 'Whether networks can be asked',
    open: true,
    answers: {
      200: { description: 'they can', content: json(jsonSchema(serverReady)) },
      503: {
        description: 'there are none, or the server is stopping',
        content: json(jsonSchema(serverReady)),
      },
    },
    handle(_request, response, service) {
      const ready = !service.draining && service.catalogue.domains.length > 0;
      response.status(ready ? 200 : 503).json({ ready });
    },
  },
];
