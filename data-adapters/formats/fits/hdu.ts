// What an HDU (header and data unit) is, as its header says: its kind, its size in the file, the shape of its data.
// FITS standard 4.0, sections 4.4.1 (equation 2 for sizes), 6 (random groups), 7 (extensions), 10 (compressed images).
import { damaged } from './fits-error.ts';
import { FitsHeader } from './header.ts';
import { type Physical, physicalOf } from './physical.ts';
import { bitpixOf, bytesOf, type PixelType, readBitpix } from './pixel-types.ts';
import { imageHeaderOf } from './tiles/image-header.ts';

/** `empty` has a header only; `other` is an extension of a kind that is not read. */
export type HduKind = 'image' | 'compressed-image' | 'table' | 'ascii-table' | 'groups' | 'empty' | 'other';

/** A header and data unit. */
export interface Hdu {
  /** 0 for the first one. */
  readonly index: number;
  readonly kind: HduKind;
  /** EXTNAME, or PRIMARY for the first one without it, or empty. */
  readonly name: string;
  /** EXTVER, by which extensions of the same name differ; 1 when there is none. */
  readonly version: number;
  /** Of a compressed image: the header of the image, not of the table that holds it. */
  readonly header: FitsHeader;
  /** In C order, the last axis fastest, as NumPy has it; of a table `[rows]`; `[]` when there are no data. */
  readonly shape: readonly number[];
  /** Type of the physical values of an image: after BSCALE, BZERO and BLANK. */
  readonly dtype: PixelType | undefined;
  /** How errors call it: `m31.fits: HDU 2 (SCI)`. */
  readonly where: string;
}

/** What the reader knows beside. */
export interface HduInFile extends Hdu {
  /** Header as it stands in the file. */
  readonly fileHeader: FitsHeader;
  readonly dataStart: number;
  /** Bytes of data without padding. */
  readonly dataBytes: number;
  readonly physical: Physical | undefined;
}

/** NAXISn, the first axis first. @throws UserError when one is negative or missing */
export function readAxes(header: FitsHeader, prefix = ''): number[] {
  const count = header.integer(`${prefix}NAXIS`);
  if (count > 999) throw damaged(header.where, `${prefix}NAXIS is ${count}, expected 0 to 999`);
  return Array.from({ length: count }, (_, i) => header.integer(`${prefix}NAXIS${i + 1}`));
}

/** Bytes of data: |BITPIX|/8 x GCOUNT x (PCOUNT + NAXIS1 x ... x NAXISm). @throws UserError beyond 2^53 */
function dataBytes(header: FitsHeader, axes: readonly number[], stored: PixelType, groups: boolean): number {
  const counted = groups ? axes.slice(1) : axes;
  const pixels = counted.length === 0 ? 0 : counted.reduce((a, b) => a * b, 1);
  const parameters = header.integer('PCOUNT', { absent: 0 });
  const bytes = bytesOf(stored) * header.integer('GCOUNT', { absent: 1 }) * (parameters + pixels);
  if (!Number.isSafeInteger(bytes)) {
    throw damaged(header.where, `its axes ${axes.join(' x ')} make it larger than any file`);
  }
  return bytes;
}

function kindOf(header: FitsHeader, axes: readonly number[], groups: boolean): HduKind {
  const extension = header.string('XTENSION');
  if (extension === 'BINTABLE' || extension === 'A3DTABLE') {
    return header.get('ZIMAGE') === true ? 'compressed-image' : 'table';
  }
  if (extension === 'TABLE') return 'ascii-table';
  if (extension !== undefined && extension !== 'IMAGE' && extension !== 'IUEIMAGE') return 'other';
  if (groups) return 'groups';
  return axes.length === 0 ? 'empty' : 'image';
}

/**
 * The HDU that a header describes.
 *
 * @param file how errors call the file
 * @throws UserError when the header lacks what says how long the data are
 */
export function describeHdu(raw: FitsHeader, index: number, file: string, dataStart: number): HduInFile {
  const name = raw.string('EXTNAME') ?? (index === 0 ? 'PRIMARY' : '');
  const label = name.replace(/[^\x20-\x7e]/g, '?').slice(0, 40);
  const where = `${file}: HDU ${index}${label === '' ? '' : ` (${label})`}`;
  const fileHeader = new FitsHeader(raw.cards, where);
  const stored = readBitpix(fileHeader);
  const axes = readAxes(fileHeader);
  const groups = index === 0 && fileHeader.get('GROUPS') === true && axes[0] === 0;
  const kind = kindOf(fileHeader, axes, groups);
  const length = dataBytes(fileHeader, axes, stored, groups);
  const version = fileHeader.get('EXTVER');
  const common = {
    index,
    kind,
    name,
    version: typeof version === 'number' ? version : 1,
    where,
    fileHeader,
    dataStart,
    dataBytes: length,
  };
  if (kind === 'compressed-image') {
    const pixels = readBitpix(fileHeader, 'ZBITPIX');
    const size = readAxes(fileHeader, 'Z');
    // As large as an image of these axes that is not compressed.
    dataBytes(fileHeader, size, pixels, false);
    const header = imageHeaderOf(fileHeader, bitpixOf(pixels), size);
    const physical = physicalOf(header, pixels);
    return { ...common, header, shape: size.reverse(), dtype: physical.dtype, physical };
  }
  const isTable = kind === 'table' || kind === 'ascii-table';
  if (isTable && (axes.length !== 2 || stored !== 'uint8')) {
    throw damaged(where, `is a table with ${axes.length} axes of ${stored}, expected 2 of uint8`);
  }
  const hasPixels = kind === 'image' || kind === 'groups';
  const physical = hasPixels ? physicalOf(fileHeader, stored) : undefined;
  const shape = isTable
    ? [axes[1]]
    : groups
      ? [fileHeader.integer('GCOUNT', { absent: 1 }), ...axes.slice(1).reverse()]
      : [...axes].reverse();
  return { ...common, header: fileHeader, shape, dtype: physical?.dtype, physical };
}
