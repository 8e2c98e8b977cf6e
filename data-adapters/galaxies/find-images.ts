// The image files of a source: a file, or a folder with the folders in it. Three files whose names differ in their band only
// (`587-g.fits`, `587-r.fits`, `587-i.fits`, as the set of the paper has them) are the bands of one image.
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { pathKind } from '../formats/source-file.ts';
import { isImageFile } from './image-file.ts';
import { isPicture } from './picture.ts';

/** Files of one image, or one file of one or several. */
export type ImageFiles = readonly string[];

const bandName = /^(.*)[-_.]([gri])(\.[^/]*)$/i;
const bandOrder = 'gri';

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(async (error) => {
    throw await readError(error, folder);
  });
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(path)));
    else if (entry.isFile() && isImageFile(entry.name)) files.push(path);
  }
  return files;
}

/** Puts together the files of one image. */
export function groupBands(files: readonly string[]): ImageFiles[] {
  const groups = new Map<string, string[]>();
  for (const path of files) {
    const match = isPicture(path) ? null : bandName.exec(basename(path));
    const key = match === null ? path : join(dirname(path), `${match[1]}|${match[3]}`);
    groups.set(key, [...(groups.get(key) ?? []), path]);
  }
  const bandOf = (path: string): number =>
    bandOrder.indexOf(bandName.exec(basename(path))?.[2].toLowerCase() ?? '');
  return [...groups.values()].flatMap((group) =>
    group.length === 3 && new Set(group.map(bandOf)).size === 3
      ? [group.sort((a, b) => bandOf(a) - bandOf(b))]
      : group.map((path) => [path]),
  );
}

/** @throws UserError when the source is missing or holds no image */
export async function findImages(source: string): Promise<ImageFiles[]> {
  if ((await pathKind(source)) === 'file') return [[source]];
  const files = await filesBelow(source);
  if (files.length > 0) return groupBands(files);
  throw new UserError({
    what: 'holds no images',
    where: source,
    how: 'give .fits (.gz, .bz2, .fz), .png or .jpg files',
  });
}
