// A picture of any kind that sharp reads as one plane of greys from 0 to 1: colour, CMYK, 16 bit, transparent, turned by its EXIF
// note. What is ink and what is paper is not decided here, but where the paper is transparent.
import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';

const endings = /\.(png|jpe?g|webp|gif|tiff?|bmp|avif)$/i;

/** Whether a file is a picture, by its name. */
export const isPictureName = (name: string): boolean => endings.test(name);

export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  /** 0 is black, 1 is white; row by row from the top. */
  readonly grey: Float32Array;
}

/** Longer side beyond which a picture is made smaller as it is read: a photograph of a page needs no more for its digit. */
const longestSide = 1024;

/** Puts a transparent picture on paper that its ink can be told from: white under dark ink, black under bright ink. */
function putOnPaper(grey: Float32Array, alpha: Float32Array): void {
  let [ink, weight] = [0, 0];
  for (let i = 0; i < grey.length; i++) {
    ink += alpha[i] * grey[i];
    weight += alpha[i];
  }
  const paper = ink > weight / 2 ? 0 : 1;
  for (let i = 0; i < grey.length; i++) grey[i] = alpha[i] * grey[i] + (1 - alpha[i]) * paper;
}

/** One plane of a picture that is turned and not too large, from 0 to 1. */
async function readPlane(picture: Sharp, deep: boolean): Promise<GreyPicture> {
  const { data, info } = await picture
    .toColourspace(deep ? 'grey16' : 'b-w')
    .raw({ depth: deep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const stored = deep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
  const most = deep ? 65_535 : 255;
  const grey = new Float32Array(width * height);
  for (let i = 0; i < grey.length; i++) grey[i] = stored[i * channels] / most;
  return { width, height, grey };
}

/** The greys of an encoded picture. @param where how errors call it @throws UserError when it is none */
export async function decodeGrey(bytes: Uint8Array, where: string): Promise<GreyPicture> {
  try {
    const picture = sharp(bytes, { failOn: 'truncated' });
    const { depth, hasAlpha } = await picture.metadata();
    if (depth !== 'uchar' && depth !== 'ushort') {
      throw new Error(`its pixels are of the kind ${depth}, expected 8 or 16 bits`);
    }
    const deep = depth === 'ushort';
    const upright = picture
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true });
    const greys = await readPlane(upright.clone().removeAlpha(), deep);
    if (hasAlpha)
      putOnPaper(greys.grey, (await readPlane(upright.clone().extractChannel('alpha'), deep)).grey);
    return greys;
  } catch (cause) {
    throw new UserError({
      what: `is no picture that can be read (${(cause as Error).message})`,
      where,
      how: 'give a whole PNG, JPEG, WebP, GIF or TIFF',
      cause,
    });
  }
}

/** Reads a file. @throws UserError as {@link decodeGrey}, and when it cannot be read */
export async function readGrey(path: string): Promise<GreyPicture> {
  const bytes = await readFile(path).catch(async (error) => {
    throw await readError(error, path);
  });
  return decodeGrey(bytes, path);
}
