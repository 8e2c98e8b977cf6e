// The index of all models and versions (https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_model_repository.md).
import { parseItem } from '../../pipelines/stages/parse-item.ts';
import { parseJson } from '../parse-json.ts';
import { repositoryIndex, repositoryRequest } from '../schemas/inference.ts';
import { jsonSchema } from '../schemas/json-schema.ts';
import { json, type Route } from './route.ts';

export const repositoryRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/v2/repository/index',
    tag: 'Open Inference Protocol',
    summary: 'All networks and their versions',
    body: { kind: 'memory', content: json(jsonSchema(repositoryRequest, 'input')) },
    answers: { 200: { description: 'the index', content: json(jsonSchema(repositoryIndex)) } },
    async handle(request, response, service) {
      const body = await service.readBody(request, response);
      if (body.length > 0) parseItem(repositoryRequest, parseJson(body));
      const { catalogue } = service;
      const index = catalogue.models.flatMap((name) =>
        catalogue
          .versionsOfModel(name)
          .map(({ version }) => ({ name, version: version.name, state: 'READY', reason: '' })),
      );
      response.json(index);
    },
  },
];
