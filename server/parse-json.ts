// A body as JSON, or the user's mistake.
import { UserError } from '../core/errors.ts';

/** @throws UserError when it is no JSON */
export function parseJson(body: Uint8Array): unknown {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  if (text.trim() === '') throw new UserError({ what: 'the body is empty', how: 'send JSON' });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError({ what: `the body is no JSON (${(cause as Error).message})`, cause });
  }
}
