// So many requests a minute from one address, where the flag says so.
import type { RequestHandler } from 'express';
import { rateLimit as limiter } from 'express-rate-limit';
import { HttpError } from '../http-error.ts';
import type { Service } from '../service.ts';

const minute = 60_000;

export function rateLimit({ settings, metrics }: Service): RequestHandler {
  const { rateLimit: limit } = settings;
  if (limit === 0) return (_request, _response, next) => next();
  return limiter({
    windowMs: minute,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: ({ path }) => path.startsWith('/v2/health/'),
    handler: (_request, response, next) => {
      metrics.refused.inc({ why: 'rate' });
      const seconds = response.getHeader('Retry-After') ?? 60;
      next(
        new HttpError('too many requests', `more than ${limit} requests a minute`, {
          'retry-after': String(seconds),
        }),
      );
    },
  });
}
