// JSON files of a run: written whole or not at all, and checked by a schema when read, because people edit files.
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import { missing } from './layout.ts';

/** Writes `value` as indented JSON; a number that is NaN or infinite becomes null. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Reads a JSON file and checks it.
 *
 * @param made how the file comes to be, for the error when it is missing: `run "deepfield evaluate" first`
 * @throws UserError naming the file and, inside it, the place that is wrong
 */
export async function readJson<T>(path: string, schema: z.ZodType<T>, made: string): Promise<T> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw missing(path, made, error);
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError({
      what: `not valid JSON (${(cause as Error).message})`,
      where: path,
      how: made,
      cause,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue.path.length > 0 ? `, ${issue.path.join('.')}` : '';
  throw new UserError({ what: issue.message, where: `${path}${place}`, how: made });
}
