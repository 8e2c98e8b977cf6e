// What a path is to this domain: IDX files of images of its size, or a folder of pictures in classes.
import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { imagesFiles, isIdxName } from '../../data-adapters/digits/idx-set.ts';
import { findPictures } from '../../data-adapters/digits/picture-set.ts';
import { readIdxShape } from '../../data-adapters/formats/idx.ts';
import { pathKind } from '../../data-adapters/formats/source-file.ts';
import { side } from './parts.ts';

async function idxFiles(path: string): Promise<{ path: string; split: 'train' | 'test' }[]> {
  if ((await pathKind(path)) === 'folder') return imagesFiles(path, await readdir(path));
  return isIdxName(path) ? imagesFiles(dirname(path), [basename(path)]) : [];
}

export async function recognise(path: string): Promise<string | undefined> {
  const counts: string[] = [];
  for (const file of await idxFiles(path)) {
    const [count, height, width] = await readIdxShape(file.path);
    if (height !== side || width !== side) return undefined;
    counts.push(`${count.toLocaleString('en')} to ${file.split}`);
  }
  if (counts.length > 0) return `images of ${side} x ${side} px, ${counts.join(', ')}`;
  if ((await pathKind(path)) === 'file') return undefined;
  const { found, classes } = await findPictures(path);
  const count = found.reduce((sum, { pictures }) => sum + pictures.length, 0);
  if (classes.length < 2) return undefined;
  return `${count.toLocaleString('en')} pictures of ${classes.length} classes (${classes.slice(0, 3).join(', ')}, ...)`;
}
