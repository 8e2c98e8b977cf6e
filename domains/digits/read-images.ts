// Files that are asked about: pictures of any size and polarity, IDX files, and folders of pictures one by one.
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { asMnist, greyAsMnist } from '../../data-adapters/digits/as-mnist.ts';
import { isIdxName } from '../../data-adapters/digits/idx-set.ts';
import { openDigits } from '../../data-adapters/digits/open-digits.ts';
import { isPictureName } from '../../data-adapters/pictures/grey-picture.ts';
import { pixelsOfImage, side } from './parts.ts';

export interface DigitRequest {
  readonly name?: string;
  /** 28 rows of 28 pixels, 0 to 255, bright on black. */
  readonly pixels: number[][];
}

const rowsOf = (bytes: Uint8Array): number[][] =>
  Array.from({ length: side }, (_, y) => [...bytes.subarray(y * side, (y + 1) * side)]);

async function readIdx(path: string): Promise<DigitRequest[]> {
  const { train, test, width, height } = await openDigits(path);
  const { pixels, count } = (test ?? train)!;
  return Array.from({ length: count }, (_, i) => {
    const own = pixels.subarray(i * width * height, (i + 1) * width * height);
    const name = `${basename(path)}, image ${i + 1}`;
    if (own.length === pixelsOfImage && width === side) return { name, pixels: rowsOf(own) };
    const grey = Float32Array.from(own, (value) => value / 255);
    return { name, pixels: rowsOf(greyAsMnist({ grey, width, height }, name)) };
  });
}

/** @throws UserError naming the file */
export async function readImages(path: string): Promise<DigitRequest[]> {
  if (isPictureName(path)) return [{ name: basename(path), pixels: rowsOf(await asMnist(path)) }];
  if (isIdxName(path)) return readIdx(path);
  await stat(path).catch(async (error) => {
    throw await readError(error, path);
  });
  throw new UserError({
    what: 'is neither a picture nor an IDX file',
    where: path,
    how: 'give .png, .jpg, .webp, .tif, .gif, an IDX file (.idx3-ubyte, gzipped or not), or a folder of pictures',
  });
}

/** The pictures of a folder, or the path itself. @throws UserError when a folder has none, or cannot be read */
export async function imagesIn(path: string): Promise<string[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return [path];
  const names = await readdir(path).catch(async (error) => {
    throw await readError(error, path);
  });
  const pictures = names.filter(isPictureName).sort(new Intl.Collator('en', { numeric: true }).compare);
  if (pictures.length > 0) return pictures.map((name) => join(path, name));
  throw new UserError({
    what: 'holds no pictures',
    where: path,
    how: 'give a folder of .png or .jpg files, or the files themselves',
  });
}
