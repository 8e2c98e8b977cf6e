// The OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1.html), from the list of routes and the domains that are served:
// each domain's predictions stand as a path of their own, with its schemas and examples.
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { DomainFacts } from '../catalogue/run-facts.ts';
import type { Answer, Content, Parameter, Route } from '../routes/route.ts';
import { failure } from '../schemas/failure.ts';
import { type JsonSchema, jsonSchema } from '../schemas/json-schema.ts';
import { predictions } from '../schemas/predictions.ts';
import { mediaTypesOf } from '../uploads/media-types.ts';

export interface OpenApi {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, unknown>>;
}

export interface Operation {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Answer>>;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
}

const failed: Content = { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } };

const withFailure = (answer: Answer): Answer => ({ ...answer, content: answer.content ?? failed });

const operationId = ({ method, path }: Route): string =>
  `${method}${path.replace(/[{}]/g, '').replace(/[/-]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`;

function operation(route: Route, keyed: boolean): Operation {
  const { tag, summary, description, parameters, body, answers, open } = route;
  return {
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    operationId: operationId(route),
    ...(parameters === undefined ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: body.content } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, withFailure(answer)])),
      default: { description: 'what went wrong', content: failed },
    },
    security: keyed && !open ? [{ bearer: [] }, { key: [] }] : [],
  };
}

/** Answers of a domain with its own schema in them. */
function answersSchema(answer: JsonSchema, answersTables: boolean): JsonSchema {
  const schema = jsonSchema(predictions) as {
    properties: { predictions: { items: { properties: Record<string, unknown> } } };
  };
  // Rows of tables and files have columns and measures in place of the fields of an item.
  const own = answersTables ? { anyOf: [answer, { type: 'object' }] } : answer;
  schema.properties.predictions.items.properties.answer = own;
  return schema as unknown as JsonSchema;
}

/** The options of a domain as parameters of the query. */
function optionParameters(options: JsonSchema | undefined): Parameter[] {
  const properties = (options?.properties ?? {}) as Record<string, JsonSchema>;
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query' as const,
    description: `for files: ${String(schema.description ?? name)}`,
    schema,
  }));
}

const binaries = (types: readonly string[]): Content => Object.fromEntries(types.map((type) => [type, {}]));

/** The route of predictions as one domain has it. */
function routeOf(
  route: Route,
  { name, title, request, answer, accepts, reads, files }: DomainFacts,
  examples: readonly unknown[],
): Route {
  const items = { anyOf: [request, { type: 'array', items: request }] };
  const content = {
    ...binaries(mediaTypesOf(reads)),
    'application/octet-stream': {},
    'application/json': { schema: items, ...(examples.length > 0 ? { example: examples[0] } : {}) },
  };
  const ok: Answer = {
    description: 'the answers',
    content: {
      'application/json': { schema: answersSchema(answer, files !== undefined) },
      ...binaries(mediaTypesOf(files?.endings ?? [])),
    },
  };
  return {
    ...route,
    path: route.path.replace('{domain}', name),
    summary: title,
    description: `${route.description} Files: ${accepts}.`,
    parameters: [
      ...(route.parameters ?? []).filter(({ name: own }) => own !== 'domain'),
      ...optionParameters(files?.options),
    ],
    body: { kind: 'stream', content },
    answers: { ...route.answers, 200: ok },
  };
}

export interface DocumentOptions {
  readonly routes: readonly Route[];
  /** The one that stands for every domain. */
  readonly predict: Route;
  readonly catalogue: Catalogue;
  readonly version: string;
  /** Whether keys are asked for. */
  readonly keyed: boolean;
}

export function openApiDocument({ routes, predict, catalogue, version, keyed }: DocumentOptions): OpenApi {
  const own = catalogue.domains.map((name) => {
    const { facts } = catalogue.version(name);
    return routeOf(predict, facts.domain, facts.examples);
  });
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of [...routes, ...(own.length > 0 ? own : [predict])]) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route, keyed) };
  }
  const tags = [
    ...new Set(Object.values(paths).flatMap((path) => Object.values(path).flatMap(({ tags: t }) => t))),
  ];
  return {
    openapi: '3.1.0',
    info: {
      title: 'deepfield',
      version,
      summary: 'Predictions of networks that deepfield has trained',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      schemas: { Failure: jsonSchema(failure) },
      ...(keyed
        ? {
            securitySchemes: {
              bearer: { type: 'http', scheme: 'bearer' },
              key: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
            },
          }
        : {}),
    },
  };
}
