// Opens FITS files: images, compressed images, tables, random groups; files that gzip, bzip2 or compress packed as a whole. Only the
// headers are read on opening. FITS standard 4.0: https://fits.gsfc.nasa.gov/fits_standard.html. Rules that it leaves
// open are astropy's. Writing is write-fits.ts.
import { UserError } from '../../../core/errors.ts';
import { type FitsBytes, fileBytes, memoryBytes, readBytes } from './fits-bytes.ts';
import { damaged } from './fits-error.ts';
import { type Groups, readGroups } from './groups.ts';
import { describeHdu, type Hdu, type HduInFile } from './hdu.ts';
import { blockBytes } from './header.ts';
import { type ImagePart, regionOf } from './image-window.ts';
import type { Pixels, PixelType } from './pixel-types.ts';
import { type FloatType, readPlainImage } from './plain-image.ts';
import { readHeader } from './read-header.ts';
import { readAsciiTable } from './tables/ascii-table.ts';
import { readBinaryTable } from './tables/binary-table.ts';
import type { FitsTable, TablePart } from './tables/table.ts';
import { readCompressedImage } from './tiles/compressed-image.ts';
import { unpacked } from './unpack.ts';

/** Pixels of an image, physical values. */
export interface FitsImage<T extends Pixels = Pixels> {
  /** In C order: `[rows, columns]`, with the planes of a cube before. Row 0 is the lowest one. */
  readonly shape: readonly number[];
  readonly data: T;
  readonly dtype: PixelType;
}

export interface ReadImageOptions extends ImagePart {
  /** Numbers to return, of whatever type the image is. Default: the type of the physical values, `hdu.dtype`. */
  readonly as?: FloatType;
}

type ReadAs = { readonly as: FloatType };
type ArrayOf<T extends ReadAs> = T['as'] extends 'float32'
  ? Float32Array<ArrayBuffer>
  : Float64Array<ArrayBuffer>;

/** An open file. */
export class FitsFile {
  private constructor(
    readonly name: string,
    private readonly bytes: FitsBytes,
    readonly hdus: readonly Hdu[],
  ) {}

  /** Reads the headers. Closes `bytes` when that fails. */
  static async open(bytes: FitsBytes): Promise<FitsFile> {
    try {
      return new FitsFile(bytes.name, bytes, await readHdus(bytes));
    } catch (error) {
      await bytes.close();
      throw error;
    }
  }

  /** An HDU by its place, or by EXTNAME in any case. @throws UserError when there is none */
  hdu(which: number | string): Hdu {
    const found =
      typeof which === 'number'
        ? this.hdus[which]
        : this.hdus.find(({ name }) => name.toUpperCase() === which.toUpperCase());
    if (found !== undefined) return found;
    const names = this.hdus.map(({ index, name }) => (name === '' ? String(index) : `${index} ${name}`));
    throw new UserError({
      where: this.name,
      what: `has no HDU ${which}`,
      how: `it has ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', ...' : ''}`,
    });
  }

  /**
   * Pixels of an image, compressed or not: all, one plane, a rectangle of each. Beside what it returns it holds about a
   * megabyte, or a tile.
   *
   * @throws UserError when the HDU is no image, the part not in it, the file damaged or the image beyond 4 GiB
   */
  async readImage<T extends ReadAs>(hdu: Hdu, options: ReadImageOptions & T): Promise<FitsImage<ArrayOf<T>>>;
  async readImage(hdu: Hdu, options?: ReadImageOptions): Promise<FitsImage>;
  async readImage(hdu: Hdu, options: ReadImageOptions = {}): Promise<FitsImage> {
    const { kind, shape, where, dataStart, dtype, physical } = hdu as HduInFile;
    if (kind !== 'image' && kind !== 'compressed-image') {
      const images = this.hdus.filter((other) => other.kind === 'image' || other.kind === 'compressed-image');
      throw new UserError({
        where,
        what: kind === 'empty' ? 'has no data' : `is no image (${kind})`,
        how:
          images.length === 0
            ? 'give a file with an image'
            : `images are HDU ${images.map(({ index }) => index).join(', ')}`,
      });
    }
    if (shape.length === 0) throw damaged(where, 'has no axes');
    const region = regionOf(shape, options, where);
    const { as } = options;
    const data =
      kind === 'image'
        ? await readPlainImage(this.bytes, dataStart, shape, region, physical!, where, as)
        : await readCompressedImage(this.bytes, hdu as HduInFile, region, as);
    return { shape: region.shape, data, dtype: as ?? dtype! };
  }

  /** A table, or some of its rows and columns. @throws UserError when it is none, is damaged, or lacks what is asked for */
  async readTable(hdu: Hdu, part: TablePart = {}): Promise<FitsTable> {
    if (hdu.kind === 'table') return readBinaryTable(this.bytes, hdu as HduInFile, part);
    if (hdu.kind === 'ascii-table') return readAsciiTable(this.bytes, hdu as HduInFile, part);
    throw new UserError({
      where: hdu.where,
      what: `is no table (${hdu.kind})`,
      how: `tables are HDU ${
        this.hdus
          .filter(({ kind }) => kind.endsWith('table'))
          .map(({ index }) => index)
          .join(', ') || '(none)'
      }`,
    });
  }

  /** Random groups. @throws UserError when the HDU has none or is damaged */
  async readGroups(hdu: Hdu): Promise<Groups> {
    if (hdu.kind === 'groups') return readGroups(this.bytes, hdu as HduInFile);
    throw new UserError({
      where: hdu.where,
      what: `has no random groups (${hdu.kind})`,
      how: 'read it as what it is',
    });
  }

  close(): Promise<void> {
    return this.bytes.close();
  }
}

/** Walks from header to header. What follows the last HDU and is no header is left alone. */
async function readHdus(bytes: FitsBytes): Promise<HduInFile[]> {
  const hdus: HduInFile[] = [];
  for (let start = 0; ; ) {
    const where = `${bytes.name}: HDU ${hdus.length}`;
    const { header, end } = await readHeader(bytes, start, where);
    const hdu = describeHdu(header, hdus.length, bytes.name, end);
    hdus.push(hdu);
    start = end + Math.ceil(hdu.dataBytes / blockBytes) * blockBytes;
    if (start + 8 > bytes.size) return hdus;
    const next = await readBytes(bytes, start, 8);
    if (next.toString('latin1') !== 'XTENSION') return hdus;
  }
}

export interface OpenFitsOptions {
  /** Most bytes that a file packed as a whole may unpack to. Default 1 GiB. */
  readonly unpackLimit?: number;
  /** How errors call bytes in memory. */
  readonly name?: string;
}

/**
 * Opens a FITS file and reads its headers. Close it when done.
 *
 * @param source path, or the file's bytes
 * @throws UserError when it is missing, no FITS file, or its headers are damaged
 */
export async function openFits(
  source: string | Uint8Array,
  options: OpenFitsOptions = {},
): Promise<FitsFile> {
  const { unpackLimit, name = 'FITS data' } = options;
  const raw = typeof source === 'string' ? await fileBytes(source) : memoryBytes(name, source);
  return FitsFile.open(await unpacked(raw, unpackLimit));
}
