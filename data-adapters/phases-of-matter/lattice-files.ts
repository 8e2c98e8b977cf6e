// Finds the files that may hold configurations: one file, a folder with everything below it, or the entries of a zip
// archive. It goes by names and first bytes; what the files hold is for the readers to say.
import { access, readdir } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { type ByteSource, readStart } from '../formats/byte-source.ts';
import { fileSource, pathKind } from '../formats/source-file.ts';
import { openZip } from '../formats/zip.ts';
import { isTemperatureFile } from './temperature-names.ts';

export type FileKind = 'npy' | 'npz' | 'csv' | 'text';

/** A file that may hold configurations. */
export interface LatticeFile {
  readonly kind: FileKind;
  readonly source: ByteSource;
  /** The file on disk: itself, or the archive that it is an entry of. */
  readonly path: string;
  /** Folder it stands in, on disk or within the archive; files of one configuration each must agree within one. */
  readonly folder: string;
  /** Name without folder and ending. */
  readonly stem: string;
  /** A file beside it. */
  sibling(name: string): Promise<{ source: ByteSource; path: string } | undefined>;
}

/** What was found, filled while the files are gone through. */
export interface Found {
  /** Files that were passed over, by path. */
  readonly ignored: string[];
}

const kinds: Readonly<Record<string, FileKind | 'zip'>> = {
  '.npy': 'npy',
  '.npz': 'npz',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'text',
  '.dat': 'text',
  '.zip': 'zip',
};

const refused: Readonly<Record<string, string>> = {
  '.gz': 'is packed by gzip; unpack it first',
  '.tgz': 'is packed by gzip; unpack it first',
  '.bz2': 'is packed by bzip2; unpack it first',
  '.xz': 'is packed by xz; unpack it first',
  '.tar': 'is a tar archive; unpack it first',
  '.7z': 'is a 7z archive; unpack it first',
  '.pkl': 'is a Python pickle, which is never opened; save the arrays with numpy.savez',
  '.pickle': 'is a Python pickle, which is never opened; save the arrays with numpy.savez',
};

const deepest = 8;
const isAside = (name: string): boolean => /^(\.|__MACOSX|(readme|licen[cs]e|sources|notice)\b)/i.test(name);
const stemOf = (name: string): string =>
  kindByName(name) === undefined ? name : basename(name, extname(name));
const kindByName = (name: string): FileKind | 'zip' | undefined => {
  const ending = extname(name).toLowerCase();
  return Object.hasOwn(kinds, ending) ? kinds[ending] : undefined;
};
const isLatticeFile = (name: string): boolean =>
  kindByName(name) !== undefined && !isAside(name) && !isTemperatureFile(stemOf(name));

/** The kind of a file that the user named, by its first bytes where its name says nothing. */
async function kindOf(path: string, source: ByteSource): Promise<FileKind | 'zip'> {
  const ending = extname(path).toLowerCase();
  if (Object.hasOwn(refused, ending)) {
    const [what, how] = refused[ending].split('; ');
    throw new UserError({ what, where: path, how });
  }
  const byName = kindByName(path);
  if (byName !== undefined) return byName;
  const start = Buffer.from(await readStart(source, 1024));
  if (start.subarray(1, 6).toString('latin1') === 'NUMPY') return 'npy';
  if (start.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return 'zip';
  if (!start.includes(0)) return start.includes(',') ? 'csv' : 'text';
  throw new UserError({
    what: 'is of no known kind',
    where: path,
    how: `give ${Object.keys(kinds).join(', ')} or a folder of such files`,
  });
}

async function siblingOnDisk(path: string): Promise<{ source: ByteSource; path: string } | undefined> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  return exists ? { source: await fileSource(path), path } : undefined;
}

async function* inZip(path: string, found: Found): AsyncGenerator<LatticeFile> {
  const archive = await openZip(path);
  try {
    const byPath = new Map(archive.entries.map((entry) => [entry.path, entry]));
    const sorted = [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    let any = false;
    for (const source of sorted) {
      const name = basename(source.path);
      const kind = kindByName(name);
      const aside = source.path.split('/').some(isAside);
      if (isTemperatureFile(stemOf(name))) continue;
      if (aside || kind === undefined || kind === 'zip' || kind === 'npz') {
        if (!aside) found.ignored.push(source.name);
        continue;
      }
      any = true;
      const folder = dirname(source.path);
      yield {
        kind,
        source,
        path,
        folder: `${path}: ${folder}`,
        stem: stemOf(name),
        sibling: async (other) => {
          const entry = byPath.get(folder === '.' ? other : `${folder}/${other}`);
          return entry && { source: entry, path };
        },
      };
    }
    if (!any) {
      throw new UserError({
        what: 'holds no .npy, .csv or .txt file',
        where: path,
        how: 'unpack it and look',
      });
    }
  } finally {
    await archive.close();
  }
}

async function* onDisk(path: string, found: Found): AsyncGenerator<LatticeFile> {
  const source = await fileSource(path);
  const kind = await kindOf(path, source);
  if (kind === 'zip') {
    yield* inZip(path, found);
    return;
  }
  const folder = dirname(path);
  const sibling = (other: string) => siblingOnDisk(join(folder, other));
  yield { kind, source, path, folder, stem: stemOf(basename(path)), sibling };
}

async function filesBelow(folder: string, depth: number): Promise<string[]> {
  if (depth > deepest) return [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(async (error) => {
    throw await readError(error, folder);
  });
  const paths: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (isAside(entry.name)) continue;
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await pathKind(path)) === 'folder');
    if (isFolder) paths.push(...(await filesBelow(path, depth + 1)));
    else paths.push(path);
  }
  return paths;
}

/**
 * The files at `path` that may hold configurations, in the order of their names.
 *
 * @param except a file that is not one of them, such as that of the temperatures
 * @throws UserError when there is nothing at the path, or no usable file
 */
export async function* latticeFiles(
  path: string,
  found: Found,
  except?: string,
): AsyncGenerator<LatticeFile> {
  if ((await pathKind(path)) === 'file') {
    yield* onDisk(path, found);
    return;
  }
  const all = await filesBelow(path, 0);
  const usable = all.filter((file) => isLatticeFile(basename(file)) && resolve(file) !== except);
  if (usable.length === 0) {
    const names = all.slice(0, 5).map((file) => relative(path, file));
    throw new UserError({
      what:
        all.length === 0
          ? 'is an empty folder'
          : `holds no usable file (only ${names.join(', ')}${all.length > 5 ? ', ...' : ''})`,
      where: path,
      how: `give ${Object.keys(kinds).join(', ')} files`,
    });
  }
  found.ignored.push(...all.filter((file) => kindByName(file) === undefined));
  for (const file of usable) yield* onDisk(file, found);
}
