// PNG and JPEG as planes of numbers from 0 to 1, by sharp, and back. What the numbers mean (a stretch of the flux) is known to
// who made the picture, not here.
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import { readError } from '../../core/files/read-error.ts';
import { noPicture } from '../formats/picture-header.ts';
import { planes, type SkyImage, sdssBands, skyImage } from './sky-image.ts';

const endings = /\.(png|jpe?g)$/i;

/** Whether a file is a picture, by its name. */
export const isPicture = (path: string): boolean => endings.test(path);

/** Name of the one band of a grey picture. */
const greyBand = 'grey';

/**
 * The planes of a picture: blue, green and red as the bands g, r, i, or one band `grey`. Pictures are drawn from the top, sky
 * images from the bottom: rows are turned over. Transparency is ignored.
 *
 * @throws UserError when the file cannot be read or is no picture
 */
export async function readPicture(path: string): Promise<SkyImage> {
  const bytes = await readFile(path).catch(async (error) => {
    throw await readError(error, path);
  });
  try {
    const picture = sharp(bytes, { failOn: 'truncated' });
    const { depth, space, channels: stored = 3 } = await picture.metadata();
    const deep = depth === 'ushort';
    const grey = space === 'b-w' || space === 'grey16' || stored < 3;
    const colourspace = grey ? (deep ? 'grey16' : 'b-w') : deep ? 'rgb16' : 'srgb';
    const { data, info } = await picture
      .removeAlpha()
      .toColourspace(colourspace)
      .raw({ depth: deep ? 'ushort' : 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const values = deep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
    const { width, height, channels } = info;
    const bands = grey ? [greyBand] : sdssBands;
    const image = skyImage({ width, height, bands });
    planes(image).forEach((plane, band) => {
      const channel = bands.length - 1 - band;
      for (let y = 0; y < height; y++) {
        const row = (height - 1 - y) * width;
        for (let x = 0; x < width; x++) {
          plane[y * width + x] = values[(row + x) * channels + channel] / (deep ? 65_535 : 255);
        }
      }
    });
    return image;
  } catch (cause) {
    throw noPicture(path, cause);
  }
}

/** The bytes of a picture in eight bits; values outside of 0 to 1 are cut off, those that are no numbers are black. */
export async function encodePicture(image: SkyImage, format: 'png' | 'jpeg' = 'png'): Promise<Uint8Array> {
  const { width, height } = image;
  const channels = image.bands.length === 3 ? 3 : 1;
  const bytes = new Uint8Array(width * height * channels);
  planes(image)
    .slice(0, channels)
    .forEach((plane, band) => {
      for (let y = 0; y < height; y++) {
        const row = (height - 1 - y) * width;
        for (let x = 0; x < width; x++) {
          const value = Math.round(255 * Math.min(1, Math.max(0, plane[y * width + x])));
          bytes[(row + x) * channels + channels - 1 - band] = value || 0;
        }
      }
    });
  const picture = sharp(bytes, { raw: { width, height, channels } }).toColourspace(
    channels === 1 ? 'b-w' : 'srgb',
  );
  const encoded =
    format === 'png' ? picture.png() : picture.jpeg({ quality: 95, chromaSubsampling: '4:4:4' });
  return new Uint8Array(await encoded.toBuffer());
}

/** Writes {@link encodePicture} by the ending of the name. @throws UserError when it cannot be written */
export async function writePicture(path: string, image: SkyImage): Promise<void> {
  await writeFileAtomic(path, await encodePicture(image, /\.png$/i.test(path) ? 'png' : 'jpeg'));
}
