import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configKeys, expectedAt, keysAt } from '../../../pipelines/config/config-keys.ts';

const schema = z.strictObject({
  flag: z.boolean().default(true).describe('a switch'),
  pair: z.tuple([z.number(), z.int()]).default([0, 1]),
  list: z.array(z.int().min(2)).length(3).default([2, 3, 4]),
  few: z.array(z.string()).max(2).default([]),
  either: z.union([z.literal('auto'), z.number().positive()]).default('auto'),
  fraction: z.number().gt(0).lt(1).default(0.5).describe('share, 0 to 1'),
  maybe: z.number().nullable().default(null),
  must: z.string(),
  deep: z.strictObject({ inner: z.strictObject({ leaf: z.int() }) }).default({ inner: { leaf: 5 } }),
});

describe('configKeys', () => {
  it('says of every key what it must be, its default and its meaning', () => {
    expect(configKeys(schema).map(({ path, type }) => [path, type])).toEqual([
      ['flag', 'true | false'],
      ['pair', 'list [number, whole number]'],
      ['list', 'list of 3: whole number >= 2'],
      ['few', 'list of at most 2: text'],
      ['either', '"auto" or number > 0'],
      ['fraction', 'number > 0 and < 1'],
      ['maybe', 'number or null'],
      ['must', 'text'],
      ['deep.inner.leaf', 'whole number'],
    ]);
    const byPath = Object.fromEntries(configKeys(schema).map((key) => [key.path, key]));
    expect(byPath.fraction).toMatchObject({ default: 0.5, description: 'share, 0 to 1' });
    expect(byPath['deep.inner.leaf'].default).toBe(5);
    expect(byPath.must.default).toBeUndefined();
  });
});

describe('expectedAt and keysAt', () => {
  it('look inside sections, lists and pairs', () => {
    expect(expectedAt(schema, ['list', 1])).toBe('whole number >= 2');
    expect(expectedAt(schema, ['pair', 1])).toBe('whole number');
    expect(expectedAt(schema, ['nowhere', 'else'])).toBeUndefined();
    expect(keysAt(schema, ['deep', 'inner'])).toEqual(['leaf']);
    expect(keysAt(schema, ['flag'])).toEqual([]);
  });
});
