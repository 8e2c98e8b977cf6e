// One request as it came from outside, checked by its schema: what was expected, what came, and where in it.
import type { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import { expectedAt, keysAt } from '../config/config-keys.ts';

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const placeText = (path: readonly PropertyKey[]): string =>
  path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? String(key) : `.${String(key)}`))
    .join('');

/** @throws UserError naming the place, what is expected there and what came */
export function parseItem<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = placeText(issue.path);
  const place = where === '' ? {} : { where };
  if (issue.code === 'unrecognized_keys') {
    const [key] = issue.keys;
    const known = keysAt(schema, issue.path);
    const near = nearest(key, known);
    throw new UserError({
      what: `no key ${JSON.stringify(key)} here`,
      ...place,
      how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are: ${known.join(', ')}`,
    });
  }
  const found = valueAt(value, issue.path);
  if (found === undefined && where !== '') throw new UserError({ what: 'is missing', where });
  const expected = issue.code === 'custom' ? undefined : expectedAt(schema, issue.path);
  throw new UserError({
    what:
      expected === undefined || expected === 'value'
        ? `${issue.message}, got ${shown(found)}`
        : `expected ${expected === 'section' ? 'an object' : expected}, got ${shown(found)}`,
    ...place,
  });
}
