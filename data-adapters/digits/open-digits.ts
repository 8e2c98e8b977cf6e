// Images with classes from whatever a person has: the files of MNIST and its relatives, one IDX file, or folders of pictures.
import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { pathKind } from '../formats/source-file.ts';
import { type ImagesFile, imagesFiles, readIdxSet } from './idx-set.ts';
import type { LabelledImages } from './labelled-images.ts';
import { readPictureSet } from './picture-set.ts';

export type { ImageSet, LabelledImages } from './labelled-images.ts';

/** The files of the one set that there is. */
function oneSet(found: readonly ImagesFile[], where: string): ImagesFile[] {
  const prefixes = [...new Set(found.map(({ prefix }) => prefix))];
  if (prefixes.length > 1) {
    throw new UserError({
      what: `holds several sets: ${prefixes.map((prefix) => prefix || 'train-, t10k-').join(', ')}`,
      where,
      how: `give the beginning of the names of one, as ${where}/${prefixes.find((prefix) => prefix !== '')}`,
    });
  }
  // The same file both gzipped and not is one file.
  return (['train', 'test'] as const).flatMap((split) =>
    found.filter((file) => file.split === split).slice(0, 1),
  );
}

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).then(
    (names) => names.sort(),
    async (error) => {
      throw await readError(error, folder);
    },
  );

/**
 * Reads a set of images.
 *
 * @param source a folder of IDX files, `folder/prefix` of their names, an IDX file of images, or a folder of pictures (see
 *   {@link readPictureSet}). A file alone is a test set where its name says so, else a training set
 * @throws UserError in one line that names the file
 */
export async function openDigits(source: string): Promise<LabelledImages> {
  const kind = await pathKind(source).catch(async (error) => {
    const found = imagesFiles(
      dirname(source),
      await readdir(dirname(source)).catch(() => []),
      basename(source),
    );
    if (found.length === 0) throw error;
    return found;
  });
  if (Array.isArray(kind)) return readIdxSet(oneSet(kind, dirname(source)));
  if (kind === 'file') {
    const [named] = imagesFiles(dirname(source), [basename(source)]);
    return readIdxSet([
      named ?? { path: source, prefix: '', split: /test|t10k/i.test(basename(source)) ? 'test' : 'train' },
    ]);
  }
  const found = imagesFiles(source, await namesIn(source));
  return found.length > 0 ? readIdxSet(oneSet(found, source)) : readPictureSet(source);
}
