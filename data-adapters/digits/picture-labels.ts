// Which picture of a folder is of which class: by the folder it is in, by labels.csv, or by the first letter of its name.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import Papa from 'papaparse';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';

/** Class of each picture, or undefined where nothing tells any. */
export type PictureClasses = readonly string[] | undefined;

const letterFirst = /^([0-9A-Za-z])[-_]/;

/** Columns `file` and `label` of a table, in this order or under such names. */
async function readLabels(path: string): Promise<Map<string, string>> {
  const text = await readFile(path, 'utf8').catch(async (error) => {
    throw await readError(error, path);
  });
  const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { skipEmptyLines: 'greedy' });
  const head = (data[0] ?? []).map((cell) => cell.trim().toLowerCase());
  const named = (names: RegExp): number => head.findIndex((cell) => names.test(cell));
  const [file, label] = [named(/^(file|file.?name|image|path|name)$/), named(/^(label|class|digit|target)$/)];
  const headed = file >= 0 && label >= 0;
  if ((data[0] ?? []).length < 2) {
    throw new UserError({
      what: 'is no table of files and labels',
      where: path,
      how: 'give two columns, file and label',
    });
  }
  return new Map(
    data.slice(headed ? 1 : 0).map((row) => {
      const [name = '', value = ''] = headed ? [row[file], row[label]] : row;
      return [name.trim(), value.trim()];
    }),
  );
}

/** All of the pictures or none must have a class: @throws UserError that names the first without. */
function all(
  pictures: readonly string[],
  found: readonly (string | undefined)[],
  how: string,
): PictureClasses {
  const without = found.findIndex((name) => name === undefined || name === '');
  if (without < 0) return found as string[];
  if (found.every((name) => name === undefined)) return undefined;
  throw new UserError({ what: 'has no class, others beside it have one', where: pictures[without], how });
}

/**
 * Classes of the pictures below a folder.
 *
 * @param pictures their paths, all below `folder`
 * @throws UserError when some have a class and others have none, or labels.csv is no table
 */
export async function pictureClasses(folder: string, pictures: readonly string[]): Promise<PictureClasses> {
  const table = join(folder, 'labels.csv');
  if (existsSync(table)) {
    const labels = await readLabels(table);
    const found = pictures.map(
      (path) => labels.get(relative(folder, path).split(sep).join('/')) ?? labels.get(basename(path)),
    );
    if (found.every((name) => name === undefined)) {
      throw new UserError({
        what: 'names none of the pictures',
        where: table,
        how: 'give their names in it',
      });
    }
    return all(pictures, found, `give it a line in ${table}`);
  }
  const below = pictures.map((path) => relative(folder, dirname(path)).split(sep)[0] || undefined);
  if (below.some((name) => name !== undefined))
    return all(pictures, below, 'put it into the folder of its class');
  const letters = pictures.map((path) => letterFirst.exec(basename(path))?.[1]);
  return all(pictures, letters, 'begin its name with its class, as 7_0001.png');
}
