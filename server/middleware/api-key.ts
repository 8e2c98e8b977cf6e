// Lets a request pass that has one of the keys: `Authorization: Bearer <key>`, or `X-API-Key: <key>`. Keys are compared by their
// hashes, in a time that does not depend on where they differ.
import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpError } from '../http-error.ts';
import { headerOf, pathOf, type Step } from './step.ts';

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** @param isOpen whether a path is answered without a key */
export function apiKey(keys: readonly string[], isOpen: (path: string) => boolean): Step {
  const hashes = keys.map(hashOf);
  return (request) => {
    if (hashes.length === 0 || isOpen(pathOf(request))) return true;
    const [, bearer] = /^Bearer +(\S+)$/i.exec(headerOf(request, 'authorization') ?? '') ?? [];
    const given = hashOf(bearer ?? headerOf(request, 'x-api-key') ?? '');
    // Each is looked at, so that the time does not tell which one it was.
    const fits = hashes.map((hash) => timingSafeEqual(hash, given)).includes(true);
    if (fits) return true;
    throw new HttpError('no key', 'no valid key; send it as "Authorization: Bearer <key>"', {
      'www-authenticate': 'Bearer',
    });
  };
}
