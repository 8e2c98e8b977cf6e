// Writes FITS files: images of every number type in as many HDUs as wanted, with the cards of a header that is kept, with
// HISTORY, CHECKSUM and DATASUM. Not tables, and nothing compressed. FITS standard 4.0.
import { writeFileAtomic } from '../../../core/files/atomic-write.ts';
import { type Card, valueField } from './card.ts';
import { Checksum, encodeChecksum } from './checksum.ts';
import { textCards, valueCard } from './format-card.ts';
import { blockBytes, FitsHeader } from './header.ts';
import { flipTopBit, storedAs } from './physical.ts';
import { bitpixOf, bytesOf, type Pixels, pixelBytes, swapOrder, typeOf, viewPixels } from './pixel-types.ts';

/** An HDU to write. */
export interface HduToWrite {
  /** Cards to keep: all but those that say how the file was laid out. Comments, long strings and their order stay. */
  readonly header?: FitsHeader;
  /** EXTNAME; default: the header's, if it has one. */
  readonly name?: string;
  /** In C order, the last axis fastest, row 0 the lowest. Left out together with `data` for a header alone. */
  readonly shape?: readonly number[];
  /** prod(shape) numbers. Unsigned integers but those of 8 bits, and signed bytes, get the BZERO that stands for them. */
  readonly data?: Pixels;
  /** Lines of HISTORY to add. */
  readonly history?: readonly string[];
}

/** Cards that describe the file that a header came from. */
const layout =
  /^(SIMPLE|XTENSION|BITPIX|NAXIS\d*|EXTEND|BLOCKED|PCOUNT|GCOUNT|GROUPS|BSCALE|BZERO|BLANK|CHECKSUM|DATASUM|TFIELDS|THEAP|(TTYPE|TFORM|TUNIT|TNULL|TSCAL|TZERO|TDISP|TDIM|TBCOL|PTYPE|PSCAL|PZERO)\d+|CONTINUE|END)$/;

const pieceBytes = 1024 * 1024;

/** The data in the file's order, in pieces, without padding. */
function* dataPieces({ data }: HduToWrite): Generator<Buffer> {
  if (data === undefined) return;
  const dtype = typeOf(data)!;
  const { stored, zero } = storedAs(dtype);
  const bytes = pixelBytes(data);
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    const piece = Buffer.from(bytes.subarray(start, start + pieceBytes));
    if (zero !== 0) flipTopBit(viewPixels(stored, piece));
    swapOrder(piece, bytesOf(stored));
    yield piece;
  }
}

function check({ shape, data }: HduToWrite, index: number): void {
  const size = shape?.reduce((a, b) => a * b, 1);
  if ((shape === undefined) !== (data === undefined) || shape?.length === 0 || size !== data?.length) {
    throw new RangeError(`writeFits: HDU ${index} has shape [${shape}] and ${data?.length} numbers`);
  }
  if (data !== undefined && typeOf(data) === undefined) {
    throw new RangeError(`writeFits: HDU ${index} has data of a type that FITS does not know`);
  }
}

/** Cards that say how the data are laid out. */
function layoutCards({ shape = [], data }: HduToWrite, index: number, total: number): Card[] {
  const dtype = data === undefined ? 'uint8' : typeOf(data)!;
  const { stored, zero } = storedAs(dtype);
  const axes = [...shape].reverse();
  const cards = [
    index === 0
      ? valueCard('SIMPLE', true, 'conforms to FITS standard')
      : valueCard('XTENSION', 'IMAGE', 'image extension'),
    valueCard('BITPIX', bitpixOf(stored), 'bits per data value'),
    valueCard('NAXIS', axes.length, 'number of axes'),
    ...axes.map((size, d) => valueCard(`NAXIS${d + 1}`, size)),
  ];
  if (index > 0) cards.push(valueCard('PCOUNT', 0), valueCard('GCOUNT', 1));
  else if (total > 1) cards.push(valueCard('EXTEND', true, 'extensions follow'));
  if (zero !== 0) {
    const exact = dtype === 'uint64' ? 2n ** 63n : zero;
    cards.push(valueCard('BSCALE', 1), valueCard('BZERO', exact, `stands for ${dtype}`));
  }
  return cards;
}

/** A card whose value is none that the standard knows keeps it as a string. */
function standardCard(card: Card): Card {
  const field = valueField(card);
  return card.value === undefined && field !== '' ? valueCard(card.keyword, field, card.comment) : card;
}

function headerOf(hdu: HduToWrite, index: number, total: number): FitsHeader {
  const kept = (hdu.header ?? new FitsHeader()).without(layout);
  const named = hdu.name === undefined ? kept : kept.with('EXTNAME', hdu.name);
  const history = (hdu.history ?? []).flatMap((text) => textCards('HISTORY', text));
  return new FitsHeader([...layoutCards(hdu, index, total), ...named.cards.map(standardCard), ...history]);
}

/** Header with both checksums. */
function sealedHeader(hdu: HduToWrite, index: number, total: number): Uint8Array {
  const sum = new Checksum();
  for (const piece of dataPieces(hdu)) sum.add(piece);
  const open = headerOf(hdu, index, total)
    .with('CHECKSUM', '0'.repeat(16), 'HDU checksum')
    .with('DATASUM', String(sum.value), 'data unit checksum');
  return open.with('CHECKSUM', encodeChecksum(sum.add(open.encode()).value)).encode();
}

function* filePieces(hdus: readonly HduToWrite[]): Generator<Uint8Array> {
  for (const [index, hdu] of hdus.entries()) {
    yield sealedHeader(hdu, index, hdus.length);
    yield* dataPieces(hdu);
    const rest = (hdu.data?.byteLength ?? 0) % blockBytes;
    if (rest > 0) yield new Uint8Array(blockBytes - rest);
  }
}

function checkAll(hdus: readonly HduToWrite[]): void {
  if (hdus.length === 0) throw new RangeError('writeFits: there is no HDU');
  hdus.forEach(check);
}

/**
 * The bytes of a FITS file.
 *
 * @throws RangeError when shape and data disagree; UserError when a card cannot be written
 */
export function encodeFits(hdus: readonly HduToWrite[]): Uint8Array<ArrayBuffer> {
  checkAll(hdus);
  return new Uint8Array(Buffer.concat([...filePieces(hdus)]));
}

/**
 * Writes a FITS file whole or not at all. Beside the data it takes about a megabyte.
 *
 * @throws RangeError as {@link encodeFits}; UserError when the file cannot be written
 */
export async function writeFits(path: string, hdus: readonly HduToWrite[]): Promise<void> {
  checkAll(hdus);
  await writeFileAtomic(path, filePieces(hdus));
}
