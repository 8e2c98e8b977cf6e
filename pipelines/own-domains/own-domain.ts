// A domain of the user's own, in a folder of theirs: found by its path, loaded when it is asked for, and refused where it was written
// for another deepfield.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import type { Domain } from '../../domains/domain.ts';
import type { DomainEntry } from '../../domains/registry.ts';
import { version } from '../package-root.ts';
import { checkDomain } from './check-domain.ts';
import { importModule } from './import-module.ts';

/** What another thread or process needs to load a domain: plain data. */
export interface OwnDomain {
  readonly name: string;
  /** Absolute path of its module. */
  readonly from: string;
}

/** Files that a folder's domain stands in. */
const moduleNames = ['domain.ts', 'domain.mts', 'domain.js', 'domain.mjs', 'index.ts', 'index.js'] as const;

/** The module that a path names: itself, or the one in a folder. @throws UserError when there is none */
async function moduleAt(path: string): Promise<string> {
  const at = resolve(path);
  if (!existsSync(at)) throw await readError(Object.assign(new Error(), { code: 'ENOENT' }), path);
  if (!statSync(at).isDirectory()) return at;
  const found = moduleNames.map((name) => join(at, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new UserError({
    what: 'holds no domain.ts',
    where: path,
    how: 'name the file that exports the domain',
  });
}

interface PackageFile {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const readPackage = (path: string): PackageFile | undefined => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PackageFile;
  } catch {
    return undefined;
  }
};

/** The version of deepfield that a file was written for: what is installed beside it, or what its package.json asks for. */
function writtenFor(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const installed = readPackage(join(folder, 'node_modules', 'deepfield', 'package.json'))?.version;
    const asked = readPackage(join(folder, 'package.json'))?.dependencies?.deepfield;
    const found = installed ?? /^[\^~]?(\d+\.\d+\.\d+)$/.exec(asked ?? '')?.[1];
    if (found !== undefined) return found;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The part of a version within which nothing that worked may stop working (semver.org, 4 and 8): `0.3` or `2`. */
const compatible = (text: string): string => /^(0\.\d+|\d+)/.exec(text)?.[0] ?? text;

/** @throws UserError when it was written for a version that may be different */
function checkVersion(file: string): void {
  const [theirs, ours] = [writtenFor(file), version()];
  if (theirs === undefined || compatible(theirs) === compatible(ours)) return;
  throw new UserError({
    what: `was written for deepfield ${theirs}, and this is ${ours}`,
    where: file,
    how: 'call "npx deepfield" in its folder, or install this version there',
  });
}

/** @throws UserError when the file is not there, does not load, or exports no domain */
async function loadOwn(from: string): Promise<Domain> {
  await moduleAt(from);
  checkVersion(from);
  const { default: exported } = await importModule(from);
  if (exported === undefined || typeof exported !== 'object') {
    throw new UserError({
      what: 'has no default export that is a domain',
      where: from,
      how: 'write export default defineDomain({ ... })',
    });
  }
  return checkDomain(exported, from);
}

/** An entry of the registry. The domain is loaded when it is asked for. */
export const ownEntry = ({ name, from }: OwnDomain): DomainEntry => ({
  name,
  title: `your own, in ${from}`,
  from,
  async load() {
    const domain = await loadOwn(from);
    if (domain.name === name) return domain;
    throw new UserError({
      what: `its domain is called ${domain.name}, and not ${name}`,
      where: from,
      how: 'use one name in both places',
    });
  },
});

/** The entry of the domain at a path, which is loaded to learn its name. @throws UserError as its loading does */
export async function openOwn(path: string): Promise<DomainEntry> {
  const from = await moduleAt(path);
  const { name, title } = await loadOwn(from);
  return { ...ownEntry({ name, from }), title };
}
