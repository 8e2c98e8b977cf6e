// How an image is cut into tiles, and how it was compressed: the Z keywords. FITS standard 4.0, section 10.1.
import { damaged, quoted } from '../fits-error.ts';
import type { FitsHeader } from '../header.ts';
import { type PixelType, readBitpix } from '../pixel-types.ts';
import type { Dither } from './dither.ts';

const algorithms = ['RICE_1', 'GZIP_1', 'GZIP_2', 'PLIO_1', 'HCOMPRESS_1', 'NOCOMPRESS'] as const;
export type Algorithm = (typeof algorithms)[number];

/** What the header says of the compression of an image. */
export interface Tiling {
  readonly stored: PixelType;
  readonly algorithm: Algorithm;
  /** Of the null masks; undefined when there are none. */
  readonly maskAlgorithm: Algorithm | undefined;
  /** Size of the image and of a tile, in C order. */
  readonly shape: readonly number[];
  readonly tile: readonly number[];
  /** Number of tiles along each axis. */
  readonly tiles: readonly number[];
  /** RICE_1: BYTEPIX and BLOCKSIZE. HCOMPRESS_1: SMOOTH. */
  readonly parameter: (name: string) => number | undefined;
  readonly dither: Dither;
  readonly seed: number;
}

function readAlgorithm(header: FitsHeader, keyword: string): Algorithm {
  const name = header.string(keyword) ?? '';
  // An old name of the same.
  const known = algorithms.find((algorithm) => algorithm === (name === 'RICE_ONE' ? 'RICE_1' : name));
  if (known === undefined) {
    throw damaged(
      header.where,
      `is compressed by ${keyword} = ${quoted(name)}, which is not known`,
      `compress it by one of ${algorithms.join(', ')}`,
    );
  }
  return known;
}

function readDither(header: FitsHeader): Dither {
  const name = header.string('ZQUANTIZ') ?? 'NO_DITHER';
  if (name === 'SUBTRACTIVE_DITHER_1' || name === 'SUBTRACTIVE_DITHER_2') return name;
  if (name === 'NO_DITHER' || name === 'NONE' || name === '') return 'NO_DITHER';
  throw damaged(header.where, `ZQUANTIZ is ${quoted(name)}, which is not known`);
}

/** ZVALn of the ZNAMEn that has that name. */
function parameterOf(header: FitsHeader, name: string): number | undefined {
  for (let n = 1; header.has(`ZNAME${n}`); n++) {
    if (header.string(`ZNAME${n}`)?.toUpperCase() === name) return header.number(`ZVAL${n}`);
  }
  return undefined;
}

/** @param shape of the image, in C order. @throws UserError when the keywords are missing or make no sense */
export function readTiling(header: FitsHeader, shape: readonly number[]): Tiling {
  const axes = [...shape].reverse();
  // Without ZTILEn, a tile is a row.
  const sizes = axes.map((size, d) =>
    header.integer(`ZTILE${d + 1}`, { least: 1, absent: d === 0 ? Math.max(1, size) : 1 }),
  );
  const tile = sizes.map((size, d) => Math.min(size, Math.max(1, axes[d]))).reverse();
  const stored = readBitpix(header, 'ZBITPIX');
  const hasMask = header.has('ZMASKCMP');
  return {
    stored,
    algorithm: readAlgorithm(header, 'ZCMPTYPE'),
    maskAlgorithm: hasMask ? readAlgorithm(header, 'ZMASKCMP') : undefined,
    shape,
    tile,
    tiles: shape.map((size, d) => Math.ceil(size / tile[d])),
    parameter: (name) => parameterOf(header, name),
    dither: readDither(header),
    seed: header.integer('ZDITHER0', { absent: 1, least: 0 }),
  };
}
