// What installs deepfield: exact versions, and a lock file that every system can install from.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { floors, root, sources, withoutComments } from './sources.ts';

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
  readonly bin: Readonly<Record<string, string>>;
}
interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

const read = <T>(name: string): T => JSON.parse(readFileSync(join(root, name), 'utf8')) as T;
const own = read<PackageFile>('package.json');

describe('package.json', () => {
  it('names exact versions', () => {
    const { dependencies, devDependencies, peerDependencies } = own;
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
      ...peerDependencies,
    })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    }
  });

  it('installs no peer of its own accord', () => {
    const { packages } = read<LockFile>('package-lock.json');
    for (const name of Object.keys(own.peerDependencies)) {
      expect(own.peerDependenciesMeta[name], name).toEqual({ optional: true });
      expect(packages[`node_modules/${name}`], name).toBeUndefined();
    }
  });

  it('names every package that the sources import, and none that they do not', () => {
    const imported = new Set<string>();
    for (const { text } of sources(floors)) {
      for (const [, name] of withoutComments(text).matchAll(
        /\b(?:from\s+|import\s+|import\()'([@a-z][\w@./:-]*)'/g,
      )) {
        if (name.startsWith('node:')) continue;
        imported.add(
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        );
      }
    }
    expect([...imported].filter((name) => own.dependencies[name] === undefined)).toEqual([]);
    expect(Object.keys(own.dependencies).filter((name) => !imported.has(name))).toEqual([]);
  });

  it('has a program that is there before anything is compiled, and starts what is', () => {
    expect(own.bin).toEqual({ deepfield: 'bin/deepfield.js' });
    expect(statSync(join(root, own.bin.deepfield)).mode & 0o111).toBe(0o111);
    const launcher = readFileSync(join(root, own.bin.deepfield), 'utf8');
    expect(launcher).toMatch(/^#!\/usr\/bin\/env node\n/);
    const [, compiled] = /'\.\.\/dist\/([^']+)\.js'/.exec(launcher) ?? [];
    expect(existsSync(join(root, `${compiled}.ts`))).toBe(true);
  });
});

describe('package-lock.json', () => {
  it('holds the optional packages of every system, without which npm ci refuses to install', () => {
    const { packages } = read<LockFile>('package-lock.json');
    const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
    const lacking = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).filter((name) => !names.has(name)),
    );
    expect(lacking).toEqual([]);
  });
});
