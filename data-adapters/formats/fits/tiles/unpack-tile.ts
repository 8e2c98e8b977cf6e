// One tile: compressed bytes to the numbers that were compressed, which are the stored pixels, or the integers that
// floating-point pixels were quantised to.
import { bytesOf, newPixels, type Pixels, type PixelType, swapOrder, viewPixels } from '../pixel-types.ts';
import { unpackGzipTile } from './gzip-tile.ts';
import { unpackHcompress } from './hcompress.ts';
import { unpackPlio } from './plio.ts';
import { type RiceWidth, unpackRice } from './rice.ts';
import type { Algorithm, Tiling } from './tiling.ts';

const whole = (width: number): PixelType => (['uint8', 'int16', 'int32', 'int64'] as const)[Math.log2(width)];

/** Numbers in the file's byte order to `type`, whatever number of bytes they were stored in. */
function fromBytes(bytes: Buffer, width: number, type: PixelType): Pixels {
  if (type.startsWith('float') && width !== bytesOf(type)) {
    throw new Error(`it has ${width} bytes a pixel, expected ${bytesOf(type)}`);
  }
  swapOrder(bytes, width);
  return converted(viewPixels(width === bytesOf(type) ? type : whole(width), bytes), type);
}

/** The same numbers in an array of that type. */
function converted(numbers: Pixels | Int32Array | Float64Array, type: PixelType): Pixels {
  const out = newPixels(type, numbers.length);
  if (numbers.constructor === out.constructor) return numbers as Pixels;
  if (out instanceof BigInt64Array) for (let i = 0; i < out.length; i++) out[i] = BigInt(numbers[i]);
  else for (let i = 0; i < out.length; i++) out[i] = Number(numbers[i]);
  return out;
}

/**
 * The numbers of a tile.
 *
 * @param packed bytes from the heap; they are overwritten where that saves memory
 * @param count pixels of the tile
 * @param type what the numbers are: the image's stored type, or int32 for quantised pixels
 * @throws Error when the bytes are damaged
 */
export function unpackTile(
  packed: Buffer,
  count: number,
  algorithm: Algorithm,
  type: PixelType,
  { parameter }: Tiling,
): Pixels {
  switch (algorithm) {
    case 'RICE_1': {
      const width = parameter('BYTEPIX') ?? 4;
      const block = parameter('BLOCKSIZE') ?? 32;
      if (width !== 1 && width !== 2 && width !== 4)
        throw new Error(`its BYTEPIX is ${width}, expected 1, 2 or 4`);
      if (!Number.isSafeInteger(block) || block < 1) throw new Error(`its BLOCKSIZE is ${block}`);
      return converted(unpackRice(packed, count, width as RiceWidth, block), type);
    }
    case 'GZIP_1':
    case 'GZIP_2': {
      const { bytes, width } = unpackGzipTile(packed, count, algorithm === 'GZIP_2');
      return fromBytes(bytes, width, type);
    }
    case 'NOCOMPRESS': {
      const width = packed.length / count;
      if (![1, 2, 4, 8].includes(width))
        throw new Error(`its ${packed.length} bytes are not its ${count} pixels`);
      return fromBytes(Buffer.from(packed), width, type);
    }
    case 'PLIO_1': {
      const words = Buffer.from(packed.subarray(0, packed.length & ~1));
      swapOrder(words, 2);
      return converted(unpackPlio(viewPixels('int16', words) as Int16Array, count), type);
    }
    case 'HCOMPRESS_1':
      return converted(unpackHcompress(packed, count, (parameter('SMOOTH') ?? 0) !== 0), type);
  }
}
