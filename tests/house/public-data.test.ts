// The catalogue of public data: what every entry must say, and, where the public files themselves are at hand
// (../shared/data), that they are those that it describes.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkFile } from '../../data-adapters/public-data/check-file.ts';
import { registry } from '../../domains/registry.ts';
import { configKeys } from '../../pipelines/config/config-keys.ts';
import { catalogue } from '../../pipelines/public-data/catalogue.ts';

const entries = await catalogue(registry);
const shared = fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** Folders of files that were taken over byte by byte, by the name of the set. */
const copies: Readonly<Record<string, string>> = {
  mnist: 'mnist',
  'fashion-mnist': 'fashion-mnist',
  'ising-10-20-30': 'phases-of-matter/ben9871',
  'ising-50': 'phases-of-matter/emauri_L50',
};

describe('public data', () => {
  it("has sets for every domain but that of tables of one's own, each name once", () => {
    const domains = registry.filter(({ infers }) => !infers).map(({ name }) => name);
    expect([...new Set(entries.map(({ domain }) => domain))].sort()).toEqual(domains.sort());
    const names = entries.map(({ dataset }) => dataset.name);
    expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([]);
  });

  it.each(entries.map(({ dataset }) => [dataset.name, dataset] as const))('%s is described', (name, set) => {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(set.title.length).toBeGreaterThan(10);
    expect(set.licence.length).toBeGreaterThan(2);
    expect(() => new URL(set.home)).not.toThrow();
    expect([set.files, set.query].filter((each) => each !== undefined)).toHaveLength(1);
    for (const file of set.files ?? []) {
      expect(file.name).toMatch(/^[\w-][\w./-]*$/);
      expect(file.name).not.toContain('..');
      expect(file.urls.length).toBeGreaterThan(0);
      for (const url of file.urls) expect(new URL(url).protocol).toMatch(/^https?:$/);
      if (file.sha256 !== undefined) {
        expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(file.bytes).toBeGreaterThan(0);
      }
      // Over plain HTTP nobody vouches for the bytes but a hash.
      if (file.urls.some((url) => url.startsWith('http:'))) expect(file.sha256).toBeDefined();
    }
    if (set.query === undefined) return;
    expect(configKeys(set.query.schema).filter(({ description }) => description === '')).toEqual([]);
    expect(set.query.folder(set.query.schema.parse({}))).toMatch(/^[\w.-]+$/);
  });

  const known = entries.filter(({ dataset }) => copies[dataset.name] !== undefined);
  const present = existsSync(shared);
  describe.skipIf(!present)(
    `the files themselves${present ? '' : ' (skipped: ../shared/data is not here)'}`,
    () => {
      it.each(known.map(({ dataset }) => [dataset.name, dataset] as const))('of %s', async (name, set) => {
        for (const file of set.files ?? []) {
          const found = await checkFile(join(shared, copies[name], file.name), file);
          expect(found, file.name).toMatchObject({ state: 'whole', sha256: file.sha256 });
        }
      });
    },
  );
});
