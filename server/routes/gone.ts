// A signal that is aborted when the client has gone before its answer was sent.
import type { ServerResponse } from 'node:http';
import { HttpError } from '../http-error.ts';

export function goneSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new HttpError('bad request', 'the client has gone'));
  });
  return controller.signal;
}
