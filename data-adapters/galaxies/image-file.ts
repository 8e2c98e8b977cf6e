// Images of galaxies in files: FITS (plain, compressed, any HDU, cubes of planes) and pictures. What comes back is the pixels
// with what the file says of them; units and stretches are not undone here.
import { UserError } from '../../core/errors.ts';
import { type FitsFile, type FitsHeader, type Hdu, openFits, TanProjection } from '../formats/fits/index.ts';
import { readPictureHeader } from '../formats/picture-header.ts';
import { isPicture, readPicture } from './picture.ts';
import { type SkyImage, sdssBands, sdssPixelScale, skyImage } from './sky-image.ts';

export interface ImageInFile {
  readonly image: SkyImage;
  /** How errors call it. */
  readonly where: string;
  /** What only FITS files have. */
  readonly fits?: {
    readonly header: FitsHeader;
    /** BUNIT, as it is written. */
    readonly unit: string | undefined;
    /** Shape of the pixels in the file. */
    readonly shape: readonly number[];
    /** Whether the header says how large its pixels are. */
    readonly scaled: boolean;
  };
}

const fitsEndings = /\.(fits?|fts|fz)(\.gz|\.bz2)?$/i;

/** Whether a file holds images that can be read, by its name. */
export const isImageFile = (path: string): boolean => isPicture(path) || fitsEndings.test(path);

const isImage = ({ kind }: Hdu): boolean => kind === 'image' || kind === 'compressed-image';

/** Sides below which an array is a table of numbers rather than an image. */
const leastSide = 8;

const looksLikeImage = (hdu: Hdu): boolean =>
  isImage(hdu) && hdu.shape.length >= 2 && hdu.shape.slice(-2).every((side) => side >= leastSide);

/** Side of a pixel in arcsec, from the header; undefined where it does not say. */
function pixelScaleOf(header: FitsHeader): number | undefined {
  if (!header.has('CTYPE1') || !header.has('CTYPE2')) return undefined;
  try {
    return TanProjection.read(header).pixelScale;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

async function readHdu(file: FitsFile, hdu: Hdu): Promise<ImageInFile> {
  const { header, where } = hdu;
  const shape = hdu.shape;
  if (!isImage(hdu)) {
    throw new UserError({
      what: `is no image but ${hdu.kind === 'empty' ? 'a header alone' : `of the kind ${hdu.kind}`}`,
      where,
      how: 'choose another HDU',
    });
  }
  const planes = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  if (shape.length < 2 || (planes !== 1 && planes !== 3)) {
    throw new UserError({
      what: `has the axes ${shape.join(' x ')}, expected one image or three planes of one`,
      where,
      how: 'choose planes of it beforehand, or another HDU',
    });
  }
  const { data } = await file.readImage(hdu, { as: 'float32' });
  const [height, width] = shape.slice(-2);
  const pixelScale = pixelScaleOf(header);
  return {
    image: skyImage(
      { width, height, bands: planes === 3 ? sdssBands : ['flux'], pixelScale: pixelScale ?? sdssPixelScale },
      data,
    ),
    where,
    fits: { header, unit: header.string('BUNIT'), shape, scaled: pixelScale !== undefined },
  };
}

function requireImages(file: FitsFile): Hdu[] {
  const found = file.hdus.filter(looksLikeImage);
  if (found.length > 0) return found;
  const kinds = file.hdus
    .map((hdu) => (isImage(hdu) ? `${hdu.kind} of ${hdu.shape.join(' x ')}` : hdu.kind))
    .join(', ');
  throw new UserError({
    what: `has no image of ${leastSide} x ${leastSide} px or more (its HDUs: ${kinds})`,
    where: file.name,
    how: 'give a file with one',
  });
}

async function inFits<T>(path: string, use: (file: FitsFile) => Promise<T>): Promise<T> {
  const file = await openFits(path);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/**
 * One image of a file: the HDU that is named, else the first that is an image.
 *
 * @param which number or EXTNAME of an HDU
 * @throws UserError when the file cannot be read, has no image there, or one of neither 1 nor 3 planes
 */
export async function readImage(path: string, which?: number | string): Promise<ImageInFile> {
  if (isPicture(path)) return { image: await readPicture(path), where: path };
  return inFits(path, (file) =>
    readHdu(file, which === undefined ? requireImages(file)[0] : file.hdu(which)),
  );
}

/** Every image of a file, one after another. @throws UserError as {@link readImage} */
export async function readImages(path: string): Promise<ImageInFile[]> {
  if (isPicture(path)) return [await readImage(path)];
  return inFits(path, async (file) => {
    const images: ImageInFile[] = [];
    for (const hdu of requireImages(file)) images.push(await readHdu(file, hdu));
    return images;
  });
}

/** Sides of every image of a file, without its pixels. @throws UserError as {@link readImage} */
export async function imageSides(path: string): Promise<{ width: number; height: number }[]> {
  if (isPicture(path)) return [await readPictureHeader(path)];
  return inFits(path, async (file) =>
    requireImages(file).map(({ shape }) => ({ width: shape.at(-1)!, height: shape.at(-2)! })),
  );
}
