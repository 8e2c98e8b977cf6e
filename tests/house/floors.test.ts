// The floors of the house (CONTRIBUTING.md), held by reading every import.
import { dirname, join } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { registry } from '../../domains/registry.ts';
import { floors, sources, withoutComments } from './sources.ts';

const files = sources(floors);
const floorOf = (path: string): number => floors.indexOf(path.split('/')[0] as (typeof floors)[number]);

/** Specifiers of import and export statements, dynamic imports and URLs relative to the module. */
function specifiers(text: string): string[] {
  const code = withoutComments(text);
  const patterns = [
    /\bfrom\s+'([^']+)'/g,
    /\bimport\s+'([^']+)'/g,
    /\bimport\(\s*'([^']+)'/g,
    /new URL\(\s*'([^']+)'/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1]));
}

describe('floors', () => {
  it('there is something on every floor', () => {
    for (const floor of floors) {
      expect(files.filter(({ path }) => path.startsWith(`${floor}/`)).length, floor).toBeGreaterThan(3);
    }
  });

  it('a file imports only from its own floor and those below', () => {
    const wrong = files.flatMap(({ path, text }) =>
      specifiers(text)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => join(dirname(path), specifier))
        .filter((target) => floorOf(target) < 0 || floorOf(target) > floorOf(path))
        .map((target) => `${path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('relative imports end in .ts, so that sources and dist/ agree', () => {
    const wrong = files.flatMap(({ path, text }) =>
      specifiers(withoutComments(text).replace(/new URL\([^)]*\)/g, ''))
        .filter((specifier) => specifier.startsWith('.') && !specifier.endsWith('.ts'))
        .map((specifier) => `${path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('no domain imports another', () => {
    const wrong = files.flatMap(({ path, text }) => {
      const own = registry.find(({ name }) => path.startsWith(`domains/${name}/`));
      if (own === undefined) return [];
      const others = registry.filter((entry) => entry !== own).map(({ name }) => `domains/${name}/`);
      return specifiers(text)
        .map((specifier) => join(dirname(path), specifier))
        .filter((target) => others.some((other) => target.startsWith(other)))
        .map((target) => `${path} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('nothing but a domain and its adapter names a domain', () => {
    const names = registry.map(({ name }) => name);
    const free = (path: string): boolean =>
      path.startsWith('domains/') ||
      names.some((name) => path.startsWith(`data-adapters/${name}/`) || path === `data-adapters/${name}.ts`);
    // A name that is a word of English (`digits`) counts where it is all of a string or of a part of a path.
    const namedIn = (text: string, name: string): boolean =>
      name.includes('-') ? text.includes(name) : new RegExp(`['"\`/]${name}['"\`/]`).test(text);
    const wrong = files.flatMap(({ path, text }) =>
      free(path)
        ? []
        : names.filter((name) => namedIn(withoutComments(text), name)).map((name) => `${path} names ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});
