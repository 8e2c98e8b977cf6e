// Reads a body into memory: refused before it is read when the queue is full or bodies take too much memory together, and cut
// off at the limit, also of what it unpacks to.
import type { IncomingMessage } from 'node:http';
import express, { type Request, type Response } from 'express';
import { HttpError } from '../http-error.ts';
import type { Service } from '../service.ts';
import { ByteGauge } from './byte-gauge.ts';

const mebibyte = 2 ** 20;

/** A body as it comes: nothing is unpacked, and Node lets no more bytes through than it has said to have. */
const plainBody = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const breakOff = (): void => reject(new HttpError('bad request', 'the request ended early'));
    if (request.destroyed) return breakOff();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    request.once('close', () => {
      if (!request.complete) breakOff();
    });
  });

/** A reader of bodies for one server; the memory is given back when the answer is over. */
export function memoryBody({
  settings,
  inference,
  metrics,
}: Pick<Service, 'settings' | 'inference' | 'metrics'>): Service['readBody'] {
  const limit = settings.maxBody * mebibyte;
  const gauge = new ByteGauge(settings.maxMemory * mebibyte, () => metrics.refused.inc({ why: 'memory' }));
  const parse = express.raw({ type: () => true, limit });
  /** Of unknown length, packed, or too large. */
  const parsedBody = async (request: Request, response: Response): Promise<Buffer> => {
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
    });
    return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  };
  return async (request, response) => {
    inference.queue.requireRoom();
    gauge.take(request, response, limit);
    const { headers } = request;
    const plain = headers['content-encoding'] === undefined && Number(headers['content-length']) <= limit;
    return plain ? plainBody(request) : parsedBody(request as Request, response as Response);
  };
}
