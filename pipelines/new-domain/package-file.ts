// package.json and .npmrc of a new domain: the packages that its files import, of the very versions that this deepfield has.
import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { packageRoot } from '../package-root.ts';

interface OwnPackage {
  readonly version: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly overrides: Readonly<Record<string, unknown>>;
}

interface HiddenLock {
  readonly packages?: Readonly<Record<string, { readonly resolved?: string }>>;
}

function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** Packages that a domain's files import. */
export const imported = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', 'zod'] as const;
/** Those that its checks run by. */
export const checking = ['@types/node', 'tsx', 'typescript'] as const;

/** How npm is to find this deepfield again: the file or checkout that it came from, or its version. */
export function deepfieldSpec(root: string, version: string): string {
  const modules = dirname(root);
  if (basename(modules) !== 'node_modules') return `file:${root}`;
  const lock = readJson<HiddenLock>(join(modules, '.package-lock.json'));
  const { resolved = '' } = lock?.packages?.[`node_modules/${basename(root)}`] ?? {};
  return resolved.startsWith('file:') ? `file:${resolve(dirname(modules), resolved.slice(5))}` : version;
}

/** The text of package.json. */
export function packageFile(name: string): string {
  const root = packageRoot();
  const own = readJson<OwnPackage>(join(root, 'package.json'));
  if (own === undefined) throw new Error(`no package.json in ${root}`);
  const versions = { ...own.devDependencies, ...own.dependencies };
  const pick = (names: readonly string[]) => Object.fromEntries(names.map((each) => [each, versions[each]]));
  return `${JSON.stringify(
    {
      name,
      version: '0.1.0',
      private: true,
      type: 'module',
      engines: own.engines,
      scripts: { types: 'tsc', test: 'tsc && node --import tsx --test "domain.test.ts"' },
      dependencies: { ...pick(imported), deepfield: deepfieldSpec(root, own.version) },
      devDependencies: pick(checking),
      // npm takes both from the project alone, and not from what it depends on.
      allowScripts: { ...own.allowScripts, deepfield: true },
      overrides: own.overrides,
    },
    null,
    2,
  )}\n`;
}

/** The text of .npmrc: a checkout is copied and not linked, for there must be one tfjs; ONNX Runtime fetches nothing for CUDA. */
export const npmSettings = 'install-links=true\nonnxruntime-node-install=skip\n';
