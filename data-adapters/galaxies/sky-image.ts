// An image of the sky in several bands, as every part of the galaxies pipeline holds it: linear flux, never stretched, clipped
// or scaled to eight bits. What a file says besides (coordinates, observer, history) is not here.

/** Bands of the Sloan Digital Sky Survey that are used, from blue to red. */
export const sdssBands = ['g', 'r', 'i'] as const;

/** Pixel scale of the Sloan Digital Sky Survey's camera, arcsec per pixel. */
export const sdssPixelScale = 0.396;

export interface SkyImage {
  readonly width: number;
  readonly height: number;
  /** Names of the bands, one for each plane, from blue to red. */
  readonly bands: readonly string[];
  /**
   * Flux in nanomaggies per pixel (0 nanomaggies: 22.5 mag), bands x height x width, row by row. The first row is the
   * first one of a FITS file, which is drawn at the bottom.
   */
  readonly data: Float32Array;
  /** Side of a pixel, arcsec. */
  readonly pixelScale: number;
}

export interface SkyImageShape {
  readonly width: number;
  readonly height: number;
  readonly bands?: readonly string[];
  readonly pixelScale?: number;
}

/**
 * An image of the given shape: SDSS's bands and pixel scale unless said otherwise, zero everywhere unless data are given.
 *
 * @throws RangeError when the sizes are no positive integers or the data do not fill the planes
 */
export function skyImage(shape: SkyImageShape, data?: Float32Array): SkyImage {
  const { width, height, bands = sdssBands, pixelScale = sdssPixelScale } = shape;
  const integers = Number.isInteger(width) && Number.isInteger(height);
  if (!integers || width < 1 || height < 1 || bands.length < 1 || !(pixelScale > 0)) {
    throw new RangeError(
      `skyImage: expected positive sizes, a band and a pixel scale, got ${width} x ${height} px, ${bands.length} bands, ${pixelScale} arcsec`,
    );
  }
  const length = bands.length * width * height;
  if (data !== undefined && data.length !== length) {
    throw new RangeError(`skyImage: expected ${length} pixels, got ${data.length}`);
  }
  return { width, height, bands, pixelScale, data: data ?? new Float32Array(length) };
}

/** The pixels of one band, by its number or name: a view, not a copy. @throws RangeError when there is no such band */
export function plane(image: SkyImage, band: number | string): Float32Array {
  const index = typeof band === 'string' ? image.bands.indexOf(band) : band;
  if (!Number.isInteger(index) || index < 0 || index >= image.bands.length) {
    throw new RangeError(`plane: expected one of the bands ${image.bands.join(', ')}, got ${band}`);
  }
  const pixels = image.width * image.height;
  return image.data.subarray(index * pixels, (index + 1) * pixels);
}

/** The planes of an image in the order of its bands: views, not copies. */
export const planes = (image: SkyImage): Float32Array[] => image.bands.map((_, band) => plane(image, band));

/**
 * A new image of the same shape, each plane of which is made from the old one.
 *
 * @throws RangeError when a plane is not as long as the old one
 */
export function mapPlanes(
  image: SkyImage,
  make: (plane: Float32Array, band: number) => ArrayLike<number>,
): SkyImage {
  const result = skyImage(image);
  planes(image).forEach((old, band) => {
    const made = make(old, band);
    if (made.length !== old.length) {
      throw new RangeError(`mapPlanes: expected ${old.length} pixels, got ${made.length}`);
    }
    plane(result, band).set(made);
  });
  return result;
}

/**
 * The rectangle of an image whose first pixel is (left, top), columns and rows counted from 0.
 *
 * @throws RangeError unless it lies within the image
 */
export function cropImage(
  image: SkyImage,
  left: number,
  top: number,
  width: number,
  height: number,
): SkyImage {
  const inside = left >= 0 && top >= 0 && left + width <= image.width && top + height <= image.height;
  if (!inside || ![left, top, width, height].every(Number.isInteger)) {
    throw new RangeError(
      `cropImage: expected a rectangle within ${image.width} x ${image.height} px, got ${width} x ${height} px at (${left}, ${top})`,
    );
  }
  const result = skyImage({ ...image, width, height });
  planes(image).forEach((old, band) => {
    const made = plane(result, band);
    for (let y = 0; y < height; y++) {
      const start = (top + y) * image.width + left;
      made.set(old.subarray(start, start + width), y * width);
    }
  });
  return result;
}

/** The central square of `size` pixels; pixel floor(n/2) stays the central one. @throws RangeError when the image is smaller */
export const cropCentre = (image: SkyImage, size: number): SkyImage =>
  cropImage(
    image,
    Math.floor(image.width / 2) - Math.floor(size / 2),
    Math.floor(image.height / 2) - Math.floor(size / 2),
    size,
    size,
  );
