// What can be asked: every domain with the schemas of its requests and answers, and examples that work.
import type { Request } from 'express';
import { domain, domains } from '../schemas/domains.ts';
import { jsonSchema } from '../schemas/json-schema.ts';
import { describeDomain } from './describe.ts';
import { queryText } from './query-text.ts';
import { json, type Parameter, type Route } from './route.ts';

const tag = 'Domains and runs';

export const domainParameter: Parameter = {
  name: 'domain',
  in: 'path',
  required: true,
  description: 'name of a domain',
  schema: { type: 'string' },
};

export const versionQuery: Parameter = {
  name: 'version',
  in: 'query',
  description: 'name of a run; the newest is asked where none is named',
  schema: { type: 'string' },
};

export const domainOf = (request: Request): string => String(request.params.domain);

export const domainRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/domains',
    tag,
    summary: 'All domains, with schemas and examples',
    answers: {
      200: { description: 'each as its newest version has it', content: json(jsonSchema(domains)) },
    },
    handle(_request, response, { catalogue }) {
      response.json({
        domains: catalogue.domains.map((name) => describeDomain(catalogue, catalogue.version(name))),
      });
    },
  },
  {
    method: 'get',
    path: '/api/domains/{domain}',
    tag,
    summary: 'One domain',
    parameters: [domainParameter, versionQuery],
    answers: {
      200: { description: 'as the version has it', content: json(jsonSchema(domain)) },
      404: { description: 'no such domain or version' },
    },
    handle(request, response, { catalogue }) {
      const version = catalogue.version(domainOf(request), queryText(request, 'version'));
      response.json(describeDomain(catalogue, version));
    },
  },
];
