// Pictures in a folder for each class, `cats/1.png`: which there are and what they show. What they look like is read one by one.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { isPictureName } from './grey-picture.ts';

export interface ClassifiedPicture {
  readonly path: string;
  /** Place of its class among the classes. */
  readonly label: number;
}

export interface ClassFolders {
  /** Names of the folders, in the order of their letters and numbers. */
  readonly classes: readonly string[];
  /** Class by class. */
  readonly pictures: readonly ClassifiedPicture[];
}

const byName = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

/** The pictures in the folders of a folder, one for each class. @throws UserError when fewer than two of them hold pictures */
export async function findClassFolders(folder: string): Promise<ClassFolders> {
  const read = (path: string) =>
    readdir(path, { withFileTypes: true }).catch(async (error) => {
      throw await readError(error, path);
    });
  const classes: string[] = [];
  const pictures: ClassifiedPicture[] = [];
  const folders = (await read(folder)).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  for (const { name } of folders.sort((a, b) => byName(a.name, b.name))) {
    const files = (await read(join(folder, name))).filter((file) => isPictureName(file.name));
    if (files.length === 0) continue;
    for (const file of files.sort((a, b) => byName(a.name, b.name)))
      pictures.push({ path: join(folder, name, file.name), label: classes.length });
    classes.push(name);
  }
  if (classes.length >= 2) return { classes, pictures };
  throw new UserError({
    what: classes.length === 0 ? 'holds no folder of pictures' : `holds pictures of ${classes[0]} alone`,
    where: folder,
    how: 'put the pictures of each class into a folder of its own',
  });
}
