// A server that is bound to this machine alone and asks for no key answers to no other name than the machine's own, so that a
// page elsewhere cannot reach it by a domain that it points here (DNS rebinding).
import type { RequestHandler } from 'express';
import { HttpError } from '../http-error.ts';
import { isLoopback, type ServerSettings } from '../settings.ts';

export function ownHost({ host, apiKeys }: ServerSettings): RequestHandler {
  const strict = isLoopback(host) && apiKeys.length === 0;
  return (request, _response, next) => {
    const name = (request.get('host') ?? '').replace(/:\d+$/, '');
    if (!strict || isLoopback(name)) return next();
    throw new HttpError('forbidden', `this server does not answer for ${JSON.stringify(name.slice(0, 100))}`);
  };
}
