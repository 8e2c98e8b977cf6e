// The id of a request: the one that it came with, or one of ours. It goes back in the answer and stands in the log.
import { randomFillSync } from 'node:crypto';
import { notesOf } from './notes.ts';
import { headerOf, type Step } from './step.ts';

const given = /^[\w.:-]{1,64}$/;

/** Bytes of an id of ours. */
const length = 8;
/** Random bytes for many ids: the system is asked once for them all. */
const random = Buffer.alloc(512 * length);
let next = random.length;

function ownId(): string {
  if (next === random.length) {
    randomFillSync(random);
    next = 0;
  }
  next += length;
  return random.toString('hex', next - length, next);
}

export const requestId: Step = (request, response) => {
  const asked = headerOf(request, 'x-request-id');
  const id = asked !== undefined && given.test(asked) ? asked : ownId();
  notesOf(response).id = id;
  response.setHeader('X-Request-Id', id);
  return true;
};
