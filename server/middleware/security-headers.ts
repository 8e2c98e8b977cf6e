// What browsers are told of every answer: helmet's headers, and that nothing comes from elsewhere.
import helmet from 'helmet';
import type { Step } from './step.ts';

const middleware = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:', 'blob:'],
      'connect-src': ["'self'"],
      'frame-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    },
  },
  // Plain HTTP on a laptop is what this is for; whoever puts TLS before it says so there.
  strictTransportSecurity: false,
});

export const securityHeaders: Step = (request, response) => {
  middleware(request, response, () => {});
  return true;
};
