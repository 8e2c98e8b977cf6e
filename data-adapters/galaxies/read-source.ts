// Somebody's images one after another, with the files that they came from.
import { UserError } from '../../core/errors.ts';
import { findImages, type ImageFiles } from './find-images.ts';
import { type ImageInFile, readImage, readImages } from './image-file.ts';
import { planes, sdssBands, skyImage } from './sky-image.ts';

export interface SourceImage extends ImageInFile {
  readonly files: ImageFiles;
}

/** Three files as the bands of one image. @throws UserError when one has other sides or several planes */
async function joinBands(files: ImageFiles): Promise<SourceImage> {
  const read = await Promise.all(files.map((path) => readImage(path)));
  const [first] = read;
  const { width, height } = first.image;
  for (const { image, where } of read) {
    if (image.bands.length !== 1 || image.width !== width || image.height !== height) {
      throw new UserError({
        what: `is ${image.width} x ${image.height} px in ${image.bands.length} planes, expected ${width} x ${height} in one as in ${first.where}`,
        where,
        how: 'bring the bands of an image to one size',
      });
    }
  }
  const image = skyImage({ ...first.image, bands: sdssBands });
  planes(image).forEach((plane, band) => {
    plane.set(read[band].image.data);
  });
  return { ...first, image, files };
}

/**
 * The images of a source in the order of their names. Files that cannot be read are handed to `onFailure`, if there is one, and
 * left out.
 *
 * @throws UserError when the source is missing or holds no image; without `onFailure` also when one cannot be read
 */
export async function* readSource(
  source: string,
  onFailure?: (error: UserError) => void,
): AsyncGenerator<SourceImage> {
  for (const files of await findImages(source)) {
    try {
      if (files.length > 1) yield await joinBands(files);
      else for (const image of await readImages(files[0])) yield { ...image, files };
    } catch (error) {
      if (!(error instanceof UserError) || onFailure === undefined) throw error;
      onFailure(error);
    }
  }
}
