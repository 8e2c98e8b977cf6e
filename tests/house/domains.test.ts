// What every domain of the registry must be, whatever its science.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { presetNames } from '../../domains/domain.ts';
import { registry } from '../../domains/registry.ts';
import { configYaml } from '../../pipelines/config/config-file.ts';
import { configKeys } from '../../pipelines/config/config-keys.ts';
import { parseYaml } from '../../pipelines/config/parse-yaml.ts';
import { resolveConfig } from '../../pipelines/config/resolve-config.ts';
import { root } from './sources.ts';

interface Section {
  readonly properties?: Readonly<Record<string, Section>>;
  readonly additionalProperties?: unknown;
}

/** Paths of sections that would swallow an unknown key. */
function looseSections(schema: Section, path = 'config'): string[] {
  if (schema.properties === undefined) return [];
  const below = Object.entries(schema.properties).flatMap(([key, child]) =>
    looseSections(child, `${path}.${key}`),
  );
  return schema.additionalProperties === false ? below : [path, ...below];
}

describe.each(registry.map((entry) => [entry.name, entry] as const))('domain %s', (name, entry) => {
  it('has its folder, its name and its title', async () => {
    const domain = await entry.load();
    expect(domain.name).toBe(name);
    expect(domain.title).toBe(entry.title);
    expect(existsSync(join(root, 'domains', name, 'index.ts'))).toBe(true);
  });

  it('refuses unknown settings on every level and says of each known one what it means', async () => {
    const { config } = await entry.load();
    expect(looseSections(z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' }) as Section)).toEqual(
      [],
    );
    expect(configKeys(config).filter(({ description }) => description === '')).toEqual([]);
  });

  it.each(presetNames)('resolves preset %s, and reads its config.yaml back', async (preset) => {
    const domain = await entry.load();
    const { config } = await resolveConfig(domain, { preset });
    expect(domain.config.parse(parseYaml(configYaml(domain, config), '', ''))).toEqual(config);
  });

  it('names settings of its own where it says how long it trains and how a part is left out', async () => {
    const { config, budget, folds } = await entry.load();
    const paths = configKeys(config).map(({ path }) => path);
    for (const path of [budget?.path, folds?.folds, folds?.fold]) if (path) expect(paths).toContain(path);
  });

  it('says what it follows, what it reads and how to ask it', async () => {
    const { summary, paper, sources, predict } = await entry.load();
    expect(summary.length).toBeGreaterThan(50);
    expect(paper?.doi).toMatch(/^10\.\d{4,}\//);
    expect(sources.length).toBeGreaterThan(0);
    expect(predict.examples.length).toBeGreaterThan(0);
    for (const example of predict.examples) expect(predict.request.parse(example)).toEqual(example);
  });

  it('says by which endings it knows the files that it reads, none hidden behind another', async () => {
    const { reads, files, table } = (await entry.load()).predict;
    expect(reads.length).toBeGreaterThan(0);
    for (const [i, ending] of reads.entries()) {
      expect(ending).toMatch(/^[.-][a-z0-9]+([.-][a-z0-9]+)*$/);
      expect(reads.slice(0, i).filter((before) => ending.endsWith(before))).toEqual([]);
    }
    const accepted = (ending: string): boolean =>
      [files, table].some((each) => each?.accepts(`upload${ending}`) ?? false);
    if (files ?? table) expect(reads.some(accepted)).toBe(true);
  });
});
