// Images of any size through networks that take one size: square tiles that overlap, each faded out towards the edges that it
// shares with others, so that no seam is left.
import { planes, type SkyImage, skyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { indexBeyond } from '../fourier/canvas.ts';

export interface TileGrid {
  /** Side of a tile, pixels. */
  readonly size: number;
  /** Pixels that neighbouring tiles share at least. */
  readonly overlap: number;
}

/** Where a tile's first pixel stands in the image; negative or beyond where the image is smaller than a tile. */
export interface TilePosition {
  readonly left: number;
  readonly top: number;
}

/** First pixels of the tiles along one axis: as few as overlap enough, spread evenly; a single one is centred. */
export function tileStarts(length: number, { size, overlap }: TileGrid): number[] {
  if (!(overlap >= 0 && overlap < size)) {
    throw new RangeError(`tileStarts: expected an overlap below the tile's ${size} pixels, got ${overlap}`);
  }
  if (length <= size) return [-Math.floor((size - length) / 2)];
  const count = Math.ceil((length - overlap) / (size - overlap));
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - size)) / (count - 1)));
}

/** All tiles of an image, row by row. */
export const tilePositions = (
  { width, height }: Pick<SkyImage, 'width' | 'height'>,
  grid: TileGrid,
): TilePosition[] =>
  tileStarts(height, grid).flatMap((top) => tileStarts(width, grid).map((left) => ({ left, top })));

/** The square of an image at a position, which may reach beyond the edges: mirrored there. */
export function cutTile(image: SkyImage, { left, top }: TilePosition, size: number): SkyImage {
  const tile = skyImage({ ...image, width: size, height: size });
  const columns = Int32Array.from({ length: size }, (_, x) => indexBeyond(left + x, image.width, 'reflect'));
  const made = planes(tile);
  planes(image).forEach((pixels, band) => {
    for (let y = 0; y < size; y++) {
      const row = indexBeyond(top + y, image.height, 'reflect') * image.width;
      for (let x = 0; x < size; x++) made[band][y * size + x] = pixels[row + columns[x]];
    }
  });
  return tile;
}

/** How much each pixel of a tile counts along one axis: half a cosine up over the overlap, 1, and down again. */
export function fade({ size, overlap }: TileGrid): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => {
    const edge = Math.min(i, size - 1 - i) + 0.5;
    return edge >= overlap ? 1 : 0.5 - 0.5 * Math.cos((Math.PI * edge) / overlap);
  });
}

/** Puts tiles together again: the mean of what they say of a pixel, weighted by {@link fade}. */
export class TileBlend {
  private readonly sum: Float64Array;
  private readonly weight: Float64Array;
  private readonly profile: Float64Array;

  constructor(
    private readonly image: SkyImage,
    private readonly grid: TileGrid,
  ) {
    this.sum = new Float64Array(image.data.length);
    this.weight = new Float64Array(image.width * image.height);
    this.profile = fade(grid);
  }

  /** @param data planes of the tile, band x size x size */
  add({ left, top }: TilePosition, data: ArrayLike<number>): void {
    const { sum, weight, profile } = this;
    const { size } = this.grid;
    const { width, height, bands } = this.image;
    for (let y = Math.max(0, -top); y < size && top + y < height; y++) {
      for (let x = Math.max(0, -left); x < size && left + x < width; x++) {
        const at = (top + y) * width + left + x;
        const share = profile[y] * profile[x];
        weight[at] += share;
        for (let band = 0; band < bands.length; band++) {
          sum[band * width * height + at] += share * data[(band * size + y) * size + x];
        }
      }
    }
  }

  /** The whole image, once every tile was added. */
  finish(): SkyImage {
    const { image, sum, weight } = this;
    const pixels = weight.length;
    return skyImage(
      image,
      Float32Array.from(sum, (value, i) => value / weight[i % pixels]),
    );
  }
}
