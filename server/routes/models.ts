// Networks by the Open Inference Protocol: what they take, and their outputs for tensors.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, Response } from 'express';
import { HttpError } from '../http-error.ts';
import { headerOf } from '../middleware/step.ts';
import { inferRequest, inferResponse, modelMetadata, modelReady } from '../schemas/inference.ts';
import { jsonSchema } from '../schemas/json-schema.ts';
import type { Service } from '../service.ts';
import { goneSignal } from './gone.ts';
import { sendReply } from './reply.ts';
import {
  type Answer,
  type DirectRoute,
  type ExpressRoute,
  json,
  type Parameter,
  type Route,
  type RoutedRequest,
} from './route.ts';

const tag = 'Open Inference Protocol';

const modelParameter: Parameter = {
  name: 'model',
  in: 'path',
  required: true,
  description: '`<domain>` for its primary network, `<domain>.<network>` for each by its own name',
  schema: { type: 'string' },
};
const versionParameter: Parameter = {
  name: 'version',
  in: 'path',
  required: true,
  description: 'name of a run; the newest is asked where none is named',
  schema: { type: 'string' },
};
const headerLength: Parameter = {
  name: 'Inference-Header-Content-Length',
  in: 'header',
  description: 'bytes of the JSON, where tensors follow it as bytes',
  schema: { type: 'integer', minimum: 0 },
};

const noModel: Answer = { description: 'no such model or version' };

const asked = (request: RoutedRequest, { catalogue }: Service) => {
  const { model, version } = request.params as Record<string, string>;
  return { name: model, ...catalogue.model(model, version) };
};

function metadata(request: Request, response: Response, service: Service): void {
  const { name, network } = asked(request, service);
  const named = request.params.version === undefined ? undefined : [String(request.params.version)];
  response.json({
    name,
    versions: named ?? service.catalogue.versionsOfModel(name).map(({ version }) => version.name),
    platform: 'onnxruntime_onnx',
    inputs: network.inputs,
    outputs: network.outputs,
  });
}

function ready(request: Request, response: Response, service: Service): void {
  const { name, version } = asked(request, service);
  response
    .status(service.draining ? 503 : 200)
    .json({ name, version: version.name, ready: !service.draining });
}

/** @throws HttpError when the header is no length */
function jsonLength(request: IncomingMessage): { headerLength?: number } {
  const text = headerOf(request, 'inference-header-content-length');
  if (text === undefined) return {};
  if (/^\d{1,10}$/.test(text)) return { headerLength: Number(text) };
  throw new HttpError('bad request', 'Inference-Header-Content-Length: expected a number of bytes');
}

async function infer(request: RoutedRequest, response: ServerResponse, service: Service): Promise<void> {
  const { name, version, network } = asked(request, service);
  const meta = { model: name, version: version.name, ...jsonLength(request) };
  const body = await service.readBody(request, response);
  const { inference } = service;
  sendReply(response, await inference.infer(version.run, network.id, meta, body, goneSignal(response)));
}

const inferContent = {
  'application/json': { schema: jsonSchema(inferRequest, 'input') },
  'application/octet-stream': {},
};

type Place = 'path' | 'parameters';

/** The same for a model and for a version of it. */
const both = <R extends Omit<ExpressRoute, Place> | Omit<DirectRoute, Place>>(
  tail: string,
  route: R,
  more: readonly Parameter[] = [],
) => [
  { ...route, path: `/v2/models/{model}${tail}`, parameters: [modelParameter, ...more] },
  {
    ...route,
    path: `/v2/models/{model}/versions/{version}${tail}`,
    summary: `${route.summary}, of a version`,
    parameters: [modelParameter, versionParameter, ...more],
  },
];

export const modelRoutes: readonly Route[] = [
  ...both('', {
    method: 'get',
    tag,
    summary: 'Inputs and outputs of a network',
    answers: { 200: { description: 'its metadata', content: json(jsonSchema(modelMetadata)) }, 404: noModel },
    handle: metadata,
  }),
  ...both('/ready', {
    method: 'get',
    tag,
    summary: 'Whether a network can be asked',
    answers: {
      200: { description: 'it can', content: json(jsonSchema(modelReady)) },
      503: { description: 'the server is stopping', content: json(jsonSchema(modelReady)) },
      404: noModel,
    },
    handle: ready,
  }),
  ...both(
    '/infer',
    {
      method: 'post',
      tag,
      summary: 'Outputs of a network for tensors',
      description:
        'Row-major data, flat or nested. Inputs with `binary_data_size` follow the JSON as little-endian bytes, in their order; outputs with `binary_data` come back so.',
      body: { kind: 'memory', content: inferContent },
      answers: {
        200: {
          description: 'the outputs',
          content: {
            'application/json': { schema: jsonSchema(inferResponse) },
            'application/octet-stream': {},
          },
        },
        404: noModel,
      },
      direct: true,
      handle: infer,
    },
    [headerLength],
  ),
];
