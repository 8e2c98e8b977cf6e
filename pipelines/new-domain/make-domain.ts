// Writes a domain of the user's own from a template: a folder that is an npm project, whole or not at all.
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { writeError } from '../../core/files/write-error.ts';
import type { Registry } from '../../domains/registry.ts';
import { domainName } from '../own-domains/check-domain.ts';
import { checking, imported, npmSettings, packageFile } from './package-file.ts';
import { placeholders, requireTemplate, templateFolder } from './templates.ts';

export interface NewDomain {
  readonly name: string;
  readonly template: string;
  /** The folder; `./<name>` when left out. */
  readonly out?: string;
}

const longestName = 64;

/** @throws UserError for a name that npm, a run directory or this program could not have */
function requireName(name: string, registry: Registry): void {
  const wrong = (what: string, how: string): UserError => new UserError({ what, where: name, how });
  if (!domainName.test(name) || name.length > longestName)
    throw wrong('is no name for a domain', 'take small letters, digits and -, as in my-science');
  if (registry.some((entry) => entry.name === name))
    throw wrong('deepfield has a domain of this name', 'take another name');
  // npm installs no package into one of its own name.
  if (['deepfield', 'node-modules', ...imported, ...checking].includes(name))
    throw wrong('is the name of a package that it needs', 'take another name');
}

/** @throws UserError unless there is nothing at the path, or a folder with nothing in it */
async function requireFree(folder: string): Promise<void> {
  const info = await stat(folder).catch(() => undefined);
  if (info === undefined) return;
  if (!info.isDirectory())
    throw new UserError({
      what: 'is a file, expected a folder',
      where: folder,
      how: 'name a new folder with --out',
    });
  const held = await readdir(folder).catch((error) => {
    throw writeError(error, folder);
  });
  if (held.length > 0)
    throw new UserError({
      what: 'the folder is not empty',
      where: folder,
      how: 'name a new folder with --out',
    });
}

const titleOf = (name: string): string => {
  const words = name.replaceAll('-', ' ');
  return words[0].toUpperCase() + words.slice(1);
};

/** Puts name and title where the template has its own. */
async function nameFiles(folder: string, name: string): Promise<void> {
  for (const file of await readdir(folder, { recursive: true })) {
    if (!['.ts', '.md'].includes(extname(file))) continue;
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    await writeFile(
      path,
      text.replaceAll(placeholders.name, name).replaceAll(placeholders.title, titleOf(name)),
    );
  }
}

/**
 * @returns the folder
 * @throws UserError for a bad name, an unknown template, a folder that is not empty or cannot be written; nothing is left then
 */
export async function makeDomain(
  { name, template, out = name }: NewDomain,
  registry: Registry,
): Promise<string> {
  const from = requireTemplate(template);
  requireName(name, registry);
  await requireFree(out);
  const parent = dirname(resolve(out));
  let making: string | undefined;
  try {
    await mkdir(parent, { recursive: true }).catch((error) => {
      // A file on the way.
      throw writeError(error.code === 'EEXIST' ? { ...error, code: 'ENOTDIR' } : error, out);
    });
    making = await mkdtemp(join(parent, `.${basename(out)}-`));
    const whole = join(making, 'domain');
    for (const source of [templateFolder('shared'), from]) await cp(source, whole, { recursive: true });
    await nameFiles(whole, name);
    await writeFile(join(whole, 'package.json'), packageFile(name));
    await writeFile(join(whole, '.npmrc'), npmSettings);
    await writeFile(join(whole, '.gitignore'), 'node_modules/\nruns/\n');
    await rmdir(out).catch(() => {});
    await rename(whole, out);
    return out;
  } catch (error) {
    throw writeError(error, out);
  } finally {
    if (making !== undefined) await rm(making, { recursive: true, force: true });
  }
}
