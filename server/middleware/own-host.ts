// A server that is bound to this machine alone and asks for no key answers to no other name than the machine's own, so that a
// page elsewhere cannot reach it by a domain that it points here (DNS rebinding).
import { HttpError } from '../http-error.ts';
import { isLoopback, type ServerSettings } from '../settings.ts';
import type { Step } from './step.ts';

export function ownHost({ host, apiKeys }: ServerSettings): Step {
  const strict = isLoopback(host) && apiKeys.length === 0;
  return ({ headers }) => {
    const name = (headers.host ?? '').replace(/:\d+$/, '');
    if (!strict || isLoopback(name)) return true;
    throw new HttpError('forbidden', `this server does not answer for ${JSON.stringify(name.slice(0, 100))}`);
  };
}
