// An image through the network of a run: filters and network tile by tile, the flux put right, and blocks of bounded size where
// the image is large, so that memory does not grow beyond the image and its answers.
import type { TensorData } from '../../../core/engine/tensor-data.ts';
import { mapPlanes, planes, type SkyImage, skyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import type { Models } from '../../domain.ts';
import { deviationOutput, noiseInput, restoredOutput, seeingInput } from '../networks/names.ts';
import { type DegradedImage, type NetworkRow, networkRow } from '../networks/network-inputs.ts';
import { type FluxOptions, putFluxRight } from './put-flux-right.ts';
import type { Restored } from './restored.ts';
import { cutTile, TileBlend, type TileGrid, tilePositions } from './tiles.ts';

export interface RestoreOptions extends FluxOptions {
  readonly models: Pick<Models, 'run'>;
  readonly id: string;
  /** Side of the network's images, pixels. */
  readonly tile: number;
  /** What the network is shown; {@link networkRow} unless told. */
  readonly row?: (degraded: DegradedImage) => NetworkRow;
  readonly signal?: AbortSignal;
  /** Largest block that is filtered at once; {@link largestBlock} by default. */
  readonly block?: TileGrid;
  /** Called with the pixels done since the last call: whole numbers. */
  readonly onPixels?: (pixels: number) => void;
}

/** Pixels that neighbouring tiles share, half a tile at most: twice what the seeing spreads. */
const tileOverlap = 32;
/** Largest block that is filtered at once: a Fourier transform of 1024 holds it and the reach of its PSF. */
const largestBlock: TileGrid = { size: 960, overlap: 64 };
/** Tiles in one call of the network. */
const tilesAtOnce = 8;

/** Tells of pixels done, of equal parts of an image one after another. */
function counter({ width, height }: SkyImage, parts: number, onPixels: RestoreOptions['onPixels']) {
  let [done, told] = [0, 0];
  return (more: number): void => {
    done += more;
    const now = Math.round((width * height * done) / parts);
    onPixels?.(now - told);
    told = now;
  };
}

const tensor = (data: Float32Array, shape: number[]): TensorData => ({ dtype: 'float32', shape, data });

/** The networks' answers for one block. */
async function restoreBlock(degraded: DegradedImage, options: RestoreOptions): Promise<Restored> {
  const { image } = degraded;
  const { models, id, tile, row = networkRow, conserve, signal } = options;
  const grid: TileGrid = { size: tile, overlap: Math.min(tileOverlap, tile / 2) };
  const inputs = Object.entries(row(degraded)).map(([name, data]) => ({
    name,
    data,
    picture: name === noiseInput || name === seeingInput ? undefined : skyImage(image, data),
  }));
  const restored = new TileBlend(image, grid);
  let deviation: TileBlend | undefined;
  const positions = tilePositions(image, grid);
  const advance = counter(image, positions.length, options.onPixels);
  const bands = image.bands.length;
  for (let start = 0; start < positions.length; start += tilesAtOnce) {
    signal?.throwIfAborted();
    const own = positions.slice(start, start + tilesAtOnce);
    const feeds = inputs.map(({ name, data, picture }) => {
      const rows = own.map((position) => (picture ? cutTile(picture, position, tile).data : data));
      const all = new Float32Array(rows.length * rows[0].length);
      for (const [i, values] of rows.entries()) all.set(values, i * values.length);
      const shape = picture ? [own.length, bands, tile, tile] : [own.length, data.length];
      return [name, tensor(all, shape)] as const;
    });
    const outputs = await models.run(id, Object.fromEntries(feeds));
    const size = bands * tile * tile;
    if (deviationOutput in outputs) deviation ??= new TileBlend(image, grid);
    for (const [i, position] of own.entries()) {
      const part = (name: string) => outputs[name].data.subarray(i * size, (i + 1) * size);
      restored.add(position, part(restoredOutput));
      deviation?.add(position, part(deviationOutput));
    }
    advance(own.length);
  }
  const answered = {
    restored: restored.finish(),
    ...(deviation ? { deviation: deviation.finish() } : {}),
  };
  return putFluxRight(answered, degraded, { conserve });
}

/** Block by block where the image is large. */
async function restoreBlocks(degraded: DegradedImage, options: RestoreOptions): Promise<Restored> {
  const { image } = degraded;
  const { block = largestBlock } = options;
  if (Math.max(image.width, image.height) <= block.size) return restoreBlock(degraded, options);
  const restored = new TileBlend(image, block);
  let deviation: TileBlend | undefined;
  const positions = tilePositions(image, block);
  const advance = counter(image, positions.length, options.onPixels);
  for (const position of positions) {
    const part = await restoreBlock(
      { ...degraded, image: cutTile(image, position, block.size) },
      { ...options, onPixels: undefined },
    );
    restored.add(position, part.restored.data);
    if (part.deviation) {
      deviation ??= new TileBlend(image, block);
      deviation.add(position, part.deviation.data);
    }
    advance(1);
  }
  return {
    restored: restored.finish(),
    ...(deviation ? { deviation: deviation.finish() } : {}),
  };
}

/**
 * Restores an image of three bands in nanomaggies, of any size.
 *
 * @throws the signal's reason when stopped
 */
export async function restoreImage(degraded: DegradedImage, options: RestoreOptions): Promise<Restored> {
  const answer = await restoreBlocks(degraded, options);
  // Each block has conserved its own; the middle is that of the whole.
  return putFluxRight(answer, degraded, { conserve: 0, centred: options.centred });
}

/** Of what came of one plane shown three times: the mean of its bands, in each band of an image. */
export function oneAgain({ restored, deviation }: Restored, image: SkyImage): Restored {
  const mean = (of: SkyImage): SkyImage => {
    const [a, b, c] = planes(of);
    return mapPlanes(image, () => a.map((value, i) => (value + b[i] + c[i]) / 3));
  };
  return { restored: mean(restored), ...(deviation ? { deviation: mean(deviation) } : {}) };
}

/** The name of the band of an image that is shown to the network three times. */
const threefold = ['g', 'r', 'i'];

/**
 * Restores one plane: shown to the network as three bands that are the same, as some of its training images were, and answered
 * by the mean of the three.
 */
export async function restorePlane(degraded: DegradedImage, options: RestoreOptions): Promise<Restored> {
  const { image, noise } = degraded;
  const [own] = planes(image);
  const three = skyImage({ ...image, bands: threefold });
  for (const plane of planes(three)) plane.set(own);
  const answer = await restoreImage(
    { ...degraded, image: three, noise: threefold.map(() => noise[0]) },
    options,
  );
  return oneAgain(answer, image);
}
