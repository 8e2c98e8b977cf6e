// What is known of a request until its answer is over: its id, and the route that it has come to.
import type { ServerResponse } from 'node:http';

interface Notes {
  id: string;
  /** As it is written, `/v2/models/{model}`: paths of requests are without number, and metrics want few. */
  route: string;
}

const key = Symbol('notes');

export function notesOf(response: ServerResponse & { [key]?: Notes }): Notes {
  response[key] ??= { id: '', route: 'none' };
  return response[key];
}
