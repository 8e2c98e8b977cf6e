// A route: its path, what it takes and answers, and the function that answers. The application and the OpenAPI document are
// both made from the list of routes, so that neither can say what the other does not.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, Response } from 'express';
import type { JsonSchema } from '../schemas/json-schema.ts';
import type { Service } from '../service.ts';

/** A body by media type. `schema` is left out where it is no JSON. */
export type Content = Readonly<Record<string, { readonly schema?: JsonSchema; readonly example?: unknown }>>;

/** What a route answers. */
export interface Answer {
  readonly description: string;
  readonly content?: Content;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly required?: boolean;
  readonly schema?: JsonSchema;
}

/** How much a body may hold, and where it goes: into memory, or by the handler into a file. */
export type BodyKind = 'memory' | 'stream';

interface RouteFacts {
  readonly method: 'get' | 'post';
  /** As OpenAPI writes it: `/v2/models/{model}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly body?: { readonly kind: BodyKind; readonly content: Content };
  /** By status; failures that any route may end in are added. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Answered without a key. */
  readonly open?: boolean;
}

type Handle<Asked, Answering> = (
  request: Asked,
  response: Answering,
  service: Service,
) => Promise<void> | void;

/** A route with all that express gives its handler. */
export interface ExpressRoute extends RouteFacts {
  readonly direct?: false;
  readonly handle: Handle<Request, Response>;
}

/** A request whose path was looked at. */
export type RoutedRequest = IncomingMessage & {
  readonly params: Readonly<Record<string, string | readonly string[]>>;
};

/** A route whose handler needs Node's own request and response alone: what is asked thousands of times a second. */
export interface DirectRoute extends RouteFacts {
  readonly direct: true;
  readonly handle: Handle<RoutedRequest, ServerResponse>;
}

export type Route = ExpressRoute | DirectRoute;

export const json = (schema: JsonSchema, example?: unknown): Content => ({
  'application/json': { schema, ...(example === undefined ? {} : { example }) },
});
