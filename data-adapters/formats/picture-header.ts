// What a picture says of itself, by sharp, without its pixels. Reading these is the business of each domain: what a grey means differs.
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';

export interface PictureHeader {
  /** `png`, `jpeg`, ... */
  readonly format: string;
  /** In pixels, as they are stored. */
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** What sharp's complaint about a file becomes. */
export const noPicture = (path: string, cause: unknown): UserError =>
  new UserError({
    what: `is no picture that can be read (${(cause as Error).message})`,
    where: path,
    how: 'give a whole PNG or JPEG',
    cause,
  });

/** @throws UserError when the file cannot be read or is no picture */
export async function readPictureHeader(path: string): Promise<PictureHeader> {
  // sharp tells a path that is missing and one that is no picture alike.
  const bytes = await readFile(path).catch(async (error) => {
    throw await readError(error, path);
  });
  try {
    const { format, width, height, channels } = await sharp(bytes).metadata();
    return { format, width, height, channels };
  } catch (cause) {
    throw noPicture(path, cause);
  }
}
