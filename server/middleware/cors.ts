// Pages of other origins may ask only where `--cors` names them (https://fetch.spec.whatwg.org/#http-cors-protocol). A request
// that a browser says comes from another site is refused otherwise: answering it would cost work though the page may not read it.
import { HttpError } from '../http-error.ts';
import { headerOf, type Step } from './step.ts';

export function cors(origins: readonly string[]): Step {
  return (request, response) => {
    const { origin } = request.headers;
    response.setHeader('Vary', 'Origin');
    if (origin !== undefined && origins.includes(origin)) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader(
        'Access-Control-Expose-Headers',
        'Inference-Header-Content-Length, X-Request-Id, Retry-After, Deepfield-Answer',
      );
      if (request.method === 'OPTIONS') {
        response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
        response.setHeader(
          'Access-Control-Allow-Headers',
          'Authorization, X-API-Key, Content-Type, Accept, Content-Disposition, Inference-Header-Content-Length, X-Request-Id',
        );
        response.setHeader('Access-Control-Max-Age', '600');
        response.statusCode = 204;
        response.end();
        return false;
      }
      return true;
    }
    if (request.method === 'POST' && headerOf(request, 'sec-fetch-site') === 'cross-site')
      throw new HttpError('forbidden', 'pages of other sites may not ask; --cors names those that may');
    return true;
  };
}
