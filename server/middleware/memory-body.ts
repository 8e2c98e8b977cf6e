// Reads a body into memory: refused before it is read when the queue is full or bodies take too much memory together, and cut
// off at the limit, also of what it unpacks to.
import express, { type Request } from 'express';
import { HttpError } from '../http-error.ts';
import type { Service } from '../service.ts';

const mebibyte = 2 ** 20;

/** What a body may come to: its length where it says so and is not packed. */
function expectedBytes(request: Request, limit: number): number {
  const length = Number(request.get('content-length'));
  const plain = request.get('content-encoding') === undefined;
  return plain && Number.isFinite(length) ? Math.min(length, limit) : limit;
}

/** A reader of bodies for one server; the memory is given back when the answer is over. */
export function memoryBody({
  settings,
  inference,
  metrics,
}: Pick<Service, 'settings' | 'inference' | 'metrics'>): Service['readBody'] {
  let held = 0;
  const limit = settings.maxBody * mebibyte;
  const most = settings.maxMemory * mebibyte;
  const parse = express.raw({ type: () => true, limit });
  return async (request, response) => {
    inference.queue.requireRoom();
    const bytes = expectedBytes(request, limit);
    if (held + bytes > most) {
      metrics.refused.inc({ why: 'memory' });
      throw new HttpError('busy', 'other requests take all the memory there is for them; try again later', {
        'retry-after': '1',
      });
    }
    held += bytes;
    response.once('close', () => {
      held -= bytes;
    });
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
    });
    return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  };
}
