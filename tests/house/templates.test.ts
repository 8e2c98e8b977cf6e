// What `deepfield new` makes domains from: by the public doors alone, short, and the same few files in each.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { templates } from '../../pipelines/new-domain/templates.ts';
import { root, sources, withoutComments } from './sources.ts';

const folder = join(root, 'templates');

describe('templates', () => {
  it('are those that the command line names, and what they share', () => {
    expect(readdirSync(folder).sort()).toEqual([...Object.keys(templates), 'shared'].sort());
  });

  it('import from the doors, tfjs and zod, and from nothing else of this repository', () => {
    const allowed =
      /^(deepfield|deepfield\/(engine|data-adapters)|@tensorflow\/tfjs-(core|layers)|zod|node:.*|\.\/[\w-]+\.ts)$/;
    const wrong = sources(['templates']).flatMap(({ path, text }) =>
      [...withoutComments(text).matchAll(/\bfrom\s+'([^']+)'/g)]
        .filter(([, specifier]) => !allowed.test(specifier))
        .map(([, specifier]) => `${path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it.each(Object.keys(templates))('%s has three files to edit and is short', (name) => {
    const files = readdirSync(join(folder, name)).filter((file) => file.endsWith('.ts'));
    expect(files.sort()).toEqual(['data.ts', 'domain.test.ts', 'domain.ts', 'figures.ts', 'network.ts']);
    const lines = files.map((file) => readFileSync(join(folder, name, file), 'utf8').split('\n').length);
    expect(Math.max(...lines)).toBeLessThanOrEqual(160);
    for (const file of files) expect(readFileSync(join(folder, name, file), 'utf8')).toMatch(/^\/\/ \S/);
    for (const word of ['data.ts', 'network.ts', 'figures.ts', 'npx deepfield run my-science --source'])
      expect(readFileSync(join(folder, name, 'README.md'), 'utf8')).toContain(word);
  });
});
