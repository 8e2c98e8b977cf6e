// What a path is to this domain: images large enough to hold a galaxy, as the first of its files has them.
import { basename } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { pathKind } from '../../data-adapters/formats/source-file.ts';
import { findImages } from '../../data-adapters/galaxies/find-images.ts';
import { imageSides, isImageFile } from '../../data-adapters/galaxies/image-file.ts';

/** Sides below which nothing of a galaxy is seen, px. */
const leastSide = 32;

/** Files that are tried: beside images there may be catalogues. */
const mostTried = 20;

async function sidesOf(path: string): Promise<{ width: number; height: number }[]> {
  try {
    return await imageSides(path);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

export async function recognise(path: string): Promise<string | undefined> {
  if ((await pathKind(path)) === 'file' && !isImageFile(path)) return undefined;
  const files = (await findImages(path)).map(([first]) => first);
  for (const file of files.slice(0, mostTried)) {
    const sides = await sidesOf(file);
    const large = sides.find(({ width, height }) => Math.min(width, height) >= leastSide);
    if (large === undefined) continue;
    const { width, height } = large;
    const found =
      sides.length === 1
        ? `an image of ${width} x ${height} px`
        : `${sides.length.toLocaleString('en')} images, one of ${width} x ${height} px`;
    if (files.length === 1) return found;
    return `${files.length.toLocaleString('en')} image files; ${basename(file)} holds ${found}`;
  }
  return undefined;
}
