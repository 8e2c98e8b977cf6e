// The answer to a file: FITS with the header and coordinates that it had, what was done in its HISTORY and the uncertainty in an
// extension; or a picture in the paper's stretch.

import { writeFits } from '../../../data-adapters/formats/fits/index.ts';
import type { ImageInFile } from '../../../data-adapters/galaxies/image-file.ts';
import { isPicture, writePicture } from '../../../data-adapters/galaxies/picture.ts';
import { mapPlanes, type SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { stretchAll } from '../stretch.ts';

export interface RestoredFile {
  readonly restored: SkyImage;
  readonly deviation?: SkyImage;
  /** Nanomaggies in one unit of the file that was read. */
  readonly scale: number | undefined;
  /** Lines of HISTORY. */
  readonly history: readonly string[];
}

/** Name of the extension with the standard deviation of each pixel. */
export const uncertaintyName = 'UNCERTAINTY';

/** Writes by the ending of the name, in the unit of the file that was read. @throws UserError when it cannot be written */
export async function writeRestored(
  path: string,
  { fits }: ImageInFile,
  { restored, deviation, scale = 1, history }: RestoredFile,
): Promise<void> {
  if (isPicture(path)) return writePicture(path, mapPlanes(restored, stretchAll));
  const { width, height, bands } = restored;
  const shape = fits?.shape ?? (bands.length > 1 ? [bands.length, height, width] : [height, width]);
  const data = (image: SkyImage) => Float32Array.from(image.data, (value) => value / scale);
  const header = fits?.header;
  // Axes of the sky are those of the image; its other cards are not the uncertainty's.
  await writeFits(path, [
    { ...(header ? { header } : {}), shape, data: data(restored), history },
    ...(deviation
      ? [
          {
            name: uncertaintyName,
            shape,
            data: data(deviation),
            history: ['standard deviation of each pixel'],
          },
        ]
      : []),
  ]);
}
