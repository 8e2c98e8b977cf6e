// Whatever a route throws becomes an answer: a mistake in one line, a bug as an id that the log explains.
import type { ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { UserError } from '../../core/errors.ts';
import { HttpError } from '../http-error.ts';
import { sendJson } from '../send-json.ts';
import type { Service } from '../service.ts';
import { notesOf } from './notes.ts';

/** Errors of the body parser of express carry a status and a type of their own. */
interface ParserError extends Error {
  readonly type: string;
  readonly limit?: number;
}

const isParserError = (error: unknown): error is ParserError =>
  error instanceof Error && typeof (error as Partial<ParserError>).type === 'string' && 'status' in error;

function fromParser({ type, limit, message }: ParserError): HttpError {
  switch (type) {
    case 'entity.too.large':
      return new HttpError('too large', `the body has more than ${limit} bytes; --max-body raises the limit`);
    case 'encoding.unsupported':
      return new HttpError('unsupported type', `${message}; send it plain, gzipped or deflated`);
    default:
      return new HttpError('bad request', message);
  }
}

function asHttpError(error: unknown): HttpError | undefined {
  if (error instanceof HttpError) return error;
  if (error instanceof UserError) return new HttpError('bad request', error.message);
  if (isParserError(error)) return fromParser(error);
  if (error instanceof URIError)
    return new HttpError('bad request', 'the path is not encoded as it should be');
  return undefined;
}

export const noSuchPath: RequestHandler = ({ path }) => {
  throw new HttpError(
    'not found',
    `nothing at ${JSON.stringify(path.slice(0, 200))}; /openapi.json lists what there is`,
  );
};

/** Answers with what was thrown. */
export type Failures = (error: unknown, response: ServerResponse) => void;

export function failures({ log }: Service): Failures {
  return (error, response) => {
    const { id } = notesOf(response);
    if (response.headersSent) {
      // The client has gone, or a file could not be read to its end: nothing can be said any more but by breaking off.
      if (!response.destroyed) log.error({ id, err: error }, 'an answer was broken off');
      response.destroy();
      return;
    }
    const known = asHttpError(error);
    if (known === undefined) log.error({ id, err: error }, 'a bug');
    const { status, headers, message, index } =
      known ?? new HttpError('bug', `an error of the server; its log has more under the id ${id}`);
    // What is left of a body is not read: the connection cannot go on.
    if (status === 413) response.setHeader('Connection', 'close');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    sendJson(response, status, { error: message, ...(index === undefined ? {} : { index }) });
  };
}
