// A JSON file of one item or a list of them, checked by a schema of the item.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';

/**
 * @param what the items are called: `events`
 * @param how what to give in place of a file that holds none
 * @throws UserError for a file that is missing, no JSON, or of another shape
 */
export async function readJsonItems<Item>(
  path: string,
  item: z.ZodType<Item>,
  { what, how }: { readonly what: string; readonly how: string },
): Promise<Item[]> {
  const text = await readFile(path, 'utf8').catch(async (error) => {
    throw await readError(error, path);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UserError({ what: `is no JSON (${(cause as Error).message})`, where: path, how, cause });
  }
  const parsed = z.array(item).safeParse(Array.isArray(json) ? json : [json]);
  if (parsed.success) return parsed.data;
  throw new UserError({ what: `holds no ${what}`, where: path, how });
}
