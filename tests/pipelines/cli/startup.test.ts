// `deepfield --help` has to answer in a fifth of a second, so that the program may load nothing heavy before a verb
// asks for it. Times say little on a shared machine; what is imported says it exactly.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { root, withoutComments } from '../../house/sources.ts';

/** Specifiers that are loaded with a module: no types, no `import()`. */
function staticImports(path: string): string[] {
  const code = withoutComments(readFileSync(join(root, path), 'utf8'));
  return [...code.matchAll(/^(?:import|export)\s+(?!type\b)([^;']*?from\s+)?'([^']+)'/gm)]
    .filter(([, names = '']) => !/^\{(\s*type [^,}]+,?)+\s*\}/.test(names))
    .map(([, , specifier]) => specifier);
}

describe('the program', () => {
  it('loads commander and its own small files, and nothing else, before a verb is called', () => {
    const packages = new Set<string>();
    const files = new Set<string>();
    const visit = (path: string): void => {
      if (files.has(path)) return;
      files.add(path);
      for (const specifier of staticImports(path)) {
        if (specifier.startsWith('.')) visit(join(dirname(path), specifier));
        else if (!specifier.startsWith('node:')) packages.add(specifier);
      }
    };
    visit('server/main.ts');
    expect([...packages]).toEqual(['commander']);
    expect(files).toContain('pipelines/cli/progress-bar.ts');
    expect(files.size).toBeLessThan(20);
  });
});
