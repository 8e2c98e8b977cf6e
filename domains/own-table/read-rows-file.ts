// Rows as JSON: one object or a list.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { type RowRequest, rowRequest } from './request.ts';

const file = z.union([z.array(rowRequest), rowRequest.transform((row) => [row])]);

/** @throws UserError for a file that is missing, no JSON, or of another shape */
export async function readRowsFile(path: string): Promise<RowRequest[]> {
  const text = await readFile(path, 'utf8').catch(async (error) => {
    throw await readError(error, path);
  });
  const fail = (what: string): UserError =>
    new UserError({ what, where: path, how: 'give [{ "column": value, ... }]' });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw fail(`is no JSON (${(error as Error).message})`);
  }
  const parsed = file.safeParse(json);
  if (parsed.success) return parsed.data;
  throw fail('holds no rows');
}
