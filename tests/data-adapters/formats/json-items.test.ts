import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readJsonItems } from '../../../data-adapters/formats/json-items.ts';

const folder = mkdtempSync(join(tmpdir(), 'json-items-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = join(folder, 'items.json');
const read = (text: string) => {
  writeFileSync(path, text);
  return readJsonItems(path, z.strictObject({ x: z.number() }), { what: 'items', how: 'give [{ "x": 1 }]' });
};

describe('readJsonItems', () => {
  it('reads a list, or one item as a list of one', async () => {
    expect(await read('[{ "x": 1 }, { "x": 2 }]')).toEqual([{ x: 1 }, { x: 2 }]);
    expect(await read('{ "x": 3 }')).toEqual([{ x: 3 }]);
    expect(await read('[]')).toEqual([]);
  });

  it('says of other files what they are, and what to give', async () => {
    await expect(read('{ "x": ')).rejects.toThrow(/items\.json: is no JSON \(.*\); give \[\{ "x": 1 \}\]/);
    await expect(read('[{ "y": 1 }]')).rejects.toThrow('items.json: holds no items; give');
    await expect(readJsonItems(join(folder, 'none'), z.any(), { what: '', how: '' })).rejects.toThrow(
      'no such file',
    );
  });
});
