// Galaxies side by side as a picture: a row for each, from what came to what was there, in the paper's stretch with i, r and g as
// red, green and blue; differences from the target in grey, brighter where there is too much light.
import sharp from 'sharp';
import { encodePicture } from '../../data-adapters/galaxies/picture.ts';
import { mapPlanes, plane, type SkyImage, skyImage } from '../../data-adapters/galaxies/sky-image.ts';
import { stretch, stretchAll } from './stretch.ts';

export interface GalleryCell {
  readonly image: SkyImage;
  /** Shows the image less this one instead, in r. */
  readonly less?: SkyImage;
}

/** Difference of the stretched values that is white or black. */
const fullDifference = 0.15;
/** Pixels between images. */
const gap = 4;
/** Pixels across a cell at least: smaller images are enlarged by whole factors. */
const leastCell = 150;

const differenceBand = 1;

function shown({ image, less }: GalleryCell): SkyImage {
  if (less === undefined) return mapPlanes(image, stretchAll);
  const other = plane(less, differenceBand);
  const grey = Float32Array.from(plane(image, differenceBand), (value, i) => {
    const difference = stretch(value) - stretch(other[i]);
    return 0.5 + difference / (2 * fullDifference);
  });
  return skyImage({ ...image, bands: ['difference'] }, grey);
}

/**
 * PNG of rows of cells of one size.
 *
 * @throws RangeError when there is no cell
 */
export async function gallery(rows: readonly (readonly GalleryCell[])[]): Promise<Uint8Array> {
  if (rows.length === 0 || rows[0].length === 0) throw new RangeError('gallery: expected a galaxy at least');
  const { width, height } = rows[0][0].image;
  const factor = Math.max(1, Math.ceil(leastCell / width));
  const [across, down] = [width * factor, height * factor];
  const cells = rows.flatMap((row, y) =>
    row.map(async (cell, x) => ({
      input: await sharp(await encodePicture(shown(cell)))
        .toColourspace('srgb')
        .resize(across, down, { kernel: 'nearest' })
        .png()
        .toBuffer(),
      left: gap + x * (across + gap),
      top: gap + y * (down + gap),
    })),
  );
  const canvas = sharp({
    create: {
      width: gap + rows[0].length * (across + gap),
      height: gap + rows.length * (down + gap),
      channels: 3,
      background: '#ffffff',
    },
  });
  return new Uint8Array(
    await canvas
      .composite(await Promise.all(cells))
      .png({ compressionLevel: 9 })
      .toBuffer(),
  );
}
