// Habits of the house that a formatter does not know.
import { describe, expect, it } from 'vitest';
import { floors, sources, withoutComments } from './sources.ts';

const generated = /_pb\.ts$/;
const files = sources(floors).filter(({ path }) => !generated.test(path));
const everything = sources([...floors, 'tests', 'benchmarks', 'scripts', 'examples', 'templates']).filter(
  ({ path }) => !generated.test(path),
);

describe('style', () => {
  it('no file draws from Math.random: random numbers come from a RandomStream', () => {
    const pattern = /\bMath\s*\.\s*random\s*\(|\brandomUUID\b|\bgetRandomValues\b/;
    const own = 'tests/house/style.test.ts';
    const callers = everything.filter(
      ({ path, text }) => path !== own && pattern.test(withoutComments(text)),
    );
    expect(callers.map(({ path }) => path)).toEqual([]);
  });

  it('a file opens with a paragraph that says what it is', () => {
    const bare = files.filter(({ text }) => !/^(#!.*\n)?\/\/ \S/.test(text));
    expect(bare.map(({ path }) => path)).toEqual([]);
  });

  it('a file is named in kebab-case', () => {
    const wrong = everything.filter(
      ({ path }) => !/^[a-z0-9-]+(\.test|\.d|\.config)?\.ts$/.test(path.split('/').at(-1) ?? ''),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('a file holds one concept: none has more than 400 lines, and half have at most 150', () => {
    const lengths = files.map(({ path, text }) => ({ path, lines: text.split('\n').length }));
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(150);
  });

  it('nothing is left for later and no type is forced', () => {
    const own = 'tests/house/style.test.ts';
    const pattern = /\b(TODO|FIXME|XXX|HACK)\b|\bas any\b|@ts-ignore|@ts-expect-error|@ts-nocheck/;
    const wrong = everything.filter(({ path, text }) => path !== own && pattern.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});
