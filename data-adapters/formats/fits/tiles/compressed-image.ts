// Reads a tile-compressed image, or a part of it: only the tiles that the part meets are unpacked, one at a time.
// FITS standard 4.0, section 10.1.
import { UserError } from '../../../../core/errors.ts';
import { allocateNumbers } from '../allocate-numbers.ts';
import type { FitsBytes } from '../fits-bytes.ts';
import { damaged } from '../fits-error.ts';
import type { HduInFile } from '../hdu.ts';
import type { Region } from '../image-window.ts';
import { toPhysical } from '../physical.ts';
import { newPixels, type Pixels } from '../pixel-types.ts';
import { byParts, type FloatType, store } from '../plain-image.ts';
import { fromQuanta } from './dither.ts';
import { copyTile, tilesOf } from './tile-places.ts';
import { type TileRow, TileTable } from './tile-table.ts';
import { readTiling, type Tiling } from './tiling.ts';
import { unpackTile } from './unpack-tile.ts';

/** A few bytes can claim any number of equal pixels; beyond this many, 4,096 a byte are believed. */
const freePixels = 2 ** 24;

function checkSize(pixels: number, packed: number, where: string): void {
  if (pixels > freePixels && pixels > packed * 4096) {
    throw damaged(where, `claims ${pixels} pixels in ${packed} compressed bytes`);
  }
}

const product = (numbers: readonly number[]): number => numbers.reduce((a, b) => a * b, 1);

/** Stored pixels of a tile, or numbers made from what they were quantised to. */
function unpackRow(row: TileRow, index: number, count: number, tiling: Tiling): Pixels {
  const { stored, algorithm, dither, seed } = tiling;
  // Memory that was read ahead stays as it is.
  const bytes = Buffer.from(row.bytes);
  if (row.column === 'GZIP_COMPRESSED_DATA') return unpackTile(bytes, count, 'GZIP_1', stored, tiling);
  if (row.column === 'UNCOMPRESSED_DATA') return unpackTile(bytes, count, 'NOCOMPRESS', stored, tiling);
  const { scale, zero = 0, blank } = row;
  if (!stored.startsWith('float') || scale === undefined)
    return unpackTile(bytes, count, algorithm, stored, tiling);
  const quanta = unpackTile(bytes, count, algorithm, 'int32', tiling) as Int32Array;
  const out = newPixels(stored, count) as Float32Array<ArrayBuffer>;
  fromQuanta(quanta, { dither, scale, zero, blank, seed: index + Math.max(0, seed - 1) }, out);
  return out;
}

/** NaN where the mask is not 0. */
function applyMask(pixels: Pixels, packed: Buffer, tiling: Tiling): void {
  if (!(pixels instanceof Float32Array || pixels instanceof Float64Array)) {
    throw new Error('it has a null mask, but its pixels are integers without BLANK');
  }
  const mask = unpackTile(
    Buffer.from(packed),
    pixels.length,
    tiling.maskAlgorithm ?? 'GZIP_1',
    'uint8',
    tiling,
  );
  for (let i = 0; i < pixels.length; i++) if (mask[i] !== 0) pixels[i] = Number.NaN;
}

function unpackPhysical(row: TileRow, index: number, count: number, tiling: Tiling, hdu: HduInFile): Pixels {
  try {
    const pixels = toPhysical(unpackRow(row, index, count, tiling), hdu.physical!);
    if (row.mask !== undefined) applyMask(pixels, row.mask, tiling);
    return pixels;
  } catch (error) {
    // Damaged bytes raise an Error; a TypeError is a fault of ours.
    if (error instanceof UserError || error instanceof TypeError) throw error;
    throw new UserError({
      where: hdu.where,
      what: `its tile ${index + 1} (${tiling.algorithm}) cannot be unpacked: ${(error as Error).message}`,
      how: 'copy or compress the file again',
      cause: error,
    });
  }
}

/**
 * Pixels of a compressed image.
 *
 * @throws UserError when a tile is missing or damaged, or the compression is not known
 */
export async function readCompressedImage(
  bytes: FitsBytes,
  hdu: HduInFile,
  region: Region,
  as?: FloatType,
): Promise<Pixels> {
  const { where } = hdu;
  const type = as ?? hdu.dtype!;
  const tiling = readTiling(hdu.fileHeader, hdu.shape);
  const table = new TileTable(bytes, hdu, product(tiling.tiles));
  checkSize(region.length, table.size, where);
  const out = allocateNumbers(type, region.length, where, byParts);
  for (const place of tilesOf(tiling, region)) {
    const count = product(place.size);
    checkSize(count, table.size, where);
    const row = await table.read(place.index);
    copyTile(unpackPhysical(row, place.index, count, tiling, hdu), place, tiling.shape, region, (from, at) =>
      store(from, out, at),
    );
  }
  return out;
}
