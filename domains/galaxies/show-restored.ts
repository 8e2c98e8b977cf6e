// An image before and after, in one stretch, and what was taken away: the pictures that a person compares.
import sharp from 'sharp';
import { encodePicture } from '../../data-adapters/galaxies/picture.ts';
import { mapPlanes, plane, type SkyImage, skyImage } from '../../data-adapters/galaxies/sky-image.ts';
import type { PicturesPanel } from '../panel.ts';
import { stretch, stretchAll } from './stretch.ts';

/** Pixels across a picture at most. */
const mostPixels = 900;

/** Difference of the stretched values that is white or black. */
const fullDifference = 0.15;

const stretched = (image: SkyImage): SkyImage => mapPlanes(image, stretchAll);

/** r where there are three bands, the only one otherwise. */
const comparedBand = ({ bands }: SkyImage): number => (bands.length > 1 ? 1 : 0);

function difference(before: SkyImage, after: SkyImage): SkyImage {
  const other = plane(after, comparedBand(after));
  const grey = Float32Array.from(
    plane(before, comparedBand(before)),
    (value, i) => 0.5 + (stretch(value) - stretch(other[i])) / (2 * fullDifference),
  );
  return skyImage({ ...before, bands: ['difference'] }, grey);
}

async function picture(label: string, image: SkyImage) {
  const { width, height } = image;
  const png = await sharp(await encodePicture(image))
    .resize(mostPixels, mostPixels, { fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer();
  return { label, png: png.toString('base64'), width, height };
}

/** @param before and after: fluxes of one shape, nanomaggies per pixel */
export async function showRestored(before: SkyImage, after: SkyImage): Promise<PicturesPanel> {
  const colour = before.bands.length > 1 ? ' i, r and g are red, green and blue; the residual is of r.' : '';
  return {
    kind: 'pictures',
    title: 'Before and after',
    caption: `Both in the stretch of the paper. Grey in the residual is nothing taken away; bright is light that was taken away, dark is light that was added.${colour}`,
    blink: true,
    pictures: [
      await picture('as it came', stretched(before)),
      await picture('restored', stretched(after)),
      await picture('residual', difference(before, after)),
    ],
  };
}
