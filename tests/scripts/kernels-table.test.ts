// docs/kernels.md is what the code says today.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { kernelsTable } from '../../scripts/kernels-table.ts';
import { root } from '../house/sources.ts';

it('docs/kernels.md is up to date (else: npm run docs:kernels)', async () => {
  const table = await kernelsTable();
  expect(readFileSync(join(root, 'docs/kernels.md'), 'utf8')).toBe(table);
  expect(table).not.toContain('not checked');
});
