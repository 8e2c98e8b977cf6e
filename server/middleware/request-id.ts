// The id of a request: the one that it came with, or one of ours. It goes back in the answer and stands in the log.
import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

const given = /^[\w.:-]{1,64}$/;

export const requestId: RequestHandler = (request, response, next) => {
  const own = request.get('x-request-id');
  const id = own !== undefined && given.test(own) ? own : randomBytes(8).toString('hex');
  response.locals.id = id;
  response.set('X-Request-Id', id);
  next();
};

export const idOf = (response: Response): string => String(response.locals.id);
