// Reads a body into memory: refused before it is read when the queue is full or bodies take too much memory together, and cut
// off at the limit, also of what it unpacks to.
import express from 'express';
import type { Service } from '../service.ts';
import { ByteGauge } from './byte-gauge.ts';

const mebibyte = 2 ** 20;

/** A reader of bodies for one server; the memory is given back when the answer is over. */
export function memoryBody({
  settings,
  inference,
  metrics,
}: Pick<Service, 'settings' | 'inference' | 'metrics'>): Service['readBody'] {
  const limit = settings.maxBody * mebibyte;
  const gauge = new ByteGauge(settings.maxMemory * mebibyte, () => metrics.refused.inc({ why: 'memory' }));
  const parse = express.raw({ type: () => true, limit });
  return async (request, response) => {
    inference.queue.requireRoom();
    gauge.take(request, response, limit);
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
    });
    return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  };
}
