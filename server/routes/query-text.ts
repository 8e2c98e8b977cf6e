// A parameter of the query, given once.
import type { Request } from 'express';
import { HttpError } from '../http-error.ts';

/** @throws HttpError when it is given more than once, or is no text */
export function queryText(request: Request, name: string): string | undefined {
  const value = request.query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new HttpError('bad request', `the parameter ${name} stands more than once`);
}

/** All parameters but some. @throws HttpError as {@link queryText} */
export function otherQueries(request: Request, known: readonly string[]): Record<string, string> {
  const names = Object.keys(request.query).filter((name) => !known.includes(name));
  return Object.fromEntries(names.map((name) => [name, queryText(request, name)!]));
}
