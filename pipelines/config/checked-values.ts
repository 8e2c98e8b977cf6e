// Values that a person gave one by one, as flags or `key=value`, checked by a schema without sections.
import type { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { configKeys } from './config-keys.ts';

/**
 * @param given by key; keys that the schema does not know have been refused already
 * @param nameOf how the person wrote a key: `--pixel-scale`
 * @param how what helps
 * @throws UserError for a value that the schema does not take
 */
export function checkedValues(
  schema: z.ZodType,
  given: Readonly<Record<string, unknown>>,
  nameOf: (key: string) => string,
  how: string,
): unknown {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = configKeys(schema).find(({ path }) => path === String(issue.path[0]));
  throw new UserError({
    what:
      key === undefined || issue.code === 'custom'
        ? issue.message
        : `expected ${key.type}, got ${JSON.stringify(given[key.path])}`,
    where: key === undefined ? undefined : nameOf(key.path),
    how,
  });
}
