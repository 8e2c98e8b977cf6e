// Events as JSON: one object or a list, each with its features by name.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { type EventRequest, eventRequest } from './event-request.ts';

const file = z.union([z.array(eventRequest), eventRequest.transform((event) => [event])]);

/** @throws UserError for a file that is missing, no JSON, or of another shape */
export async function readJsonEvents(path: string): Promise<EventRequest[]> {
  const text = await readFile(path, 'utf8').catch(async (error) => {
    throw await readError(error, path);
  });
  const fail = (what: string): UserError =>
    new UserError({ what, where: path, how: 'give [{ "features": { "lepton_pT": 0.9, ... } }]' });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw fail(`is no JSON (${(error as Error).message})`);
  }
  const parsed = file.safeParse(json);
  if (parsed.success) return parsed.data;
  throw fail('holds no events');
}
