// Pages of other origins may ask only where `--cors` names them (https://fetch.spec.whatwg.org/#http-cors-protocol). A request
// that a browser says comes from another site is refused otherwise: answering it would cost work though the page may not read it.
import type { RequestHandler } from 'express';
import { HttpError } from '../http-error.ts';

export function cors(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const origin = request.get('origin');
    response.vary('Origin');
    if (origin !== undefined && origins.includes(origin)) {
      response.set('Access-Control-Allow-Origin', origin);
      response.set(
        'Access-Control-Expose-Headers',
        'Inference-Header-Content-Length, X-Request-Id, Retry-After, Deepfield-Answer',
      );
      if (request.method === 'OPTIONS') {
        response.set('Access-Control-Allow-Methods', 'GET, POST');
        response.set(
          'Access-Control-Allow-Headers',
          'Authorization, X-API-Key, Content-Type, Accept, Content-Disposition, Inference-Header-Content-Length, X-Request-Id',
        );
        response.set('Access-Control-Max-Age', '600');
        response.status(204).end();
        return;
      }
      return next();
    }
    if (request.method === 'POST' && request.get('sec-fetch-site') === 'cross-site')
      throw new HttpError('forbidden', 'pages of other sites may not ask; --cors names those that may');
    next();
  };
}
