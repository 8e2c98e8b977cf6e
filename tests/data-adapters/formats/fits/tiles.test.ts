// Compressed images that astropy does not write: made by hand. Those that it writes are in fixtures.test.ts.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openFits } from '../../../../data-adapters/formats/fits/index.ts';
import { unpackHcompress } from '../../../../data-adapters/formats/fits/tiles/hcompress.ts';
import { unpackPlio } from '../../../../data-adapters/formats/fits/tiles/plio.ts';
import { unpackRice } from '../../../../data-adapters/formats/fits/tiles/rice.ts';
import { card, hduBytes, headerBytes, imageCards } from './fits-fixtures.ts';

const quote = (text: string): string => `'${text}'`;

/** Numbers in the file's byte order. */
function bigEndian(values: readonly number[], kind: 'i2' | 'i4' | 'f4' | 'f8'): Buffer {
  const bytes = Buffer.alloc(values.length * Number(kind[1]));
  for (const [i, value] of values.entries()) {
    if (kind === 'i2') bytes.writeInt16BE(value, i * 2);
    if (kind === 'i4') bytes.writeInt32BE(value, i * 4);
    if (kind === 'f4') bytes.writeFloatBE(value, i * 4);
    if (kind === 'f8') bytes.writeDoubleBE(value, i * 8);
  }
  return bytes;
}

interface ByHand {
  readonly cards: Readonly<Record<string, string | number>>;
  /** Arrays of bytes, or numbers, of each column and tile. */
  readonly columns: Readonly<Record<string, readonly (Uint8Array | number)[]>>;
  readonly wide?: boolean;
}

/** A compressed image of one row of `axis` pixels to a tile. */
function compressed({ cards, columns, wide = false }: ByHand): Buffer {
  const names = Object.keys(columns);
  const rows = columns[names[0]].length;
  const heap: Uint8Array[] = [];
  let at = 0;
  const cells: Buffer[] = [];
  for (let row = 0; row < rows; row++) {
    for (const name of names) {
      const value = columns[name][row];
      if (typeof value === 'number') cells.push(bigEndian([value], 'f8'));
      else {
        const cell = Buffer.alloc(wide ? 16 : 8);
        if (wide) cell.writeBigInt64BE(BigInt(value.length), 0);
        else cell.writeInt32BE(value.length, 0);
        if (wide) cell.writeBigInt64BE(BigInt(at), 8);
        else cell.writeInt32BE(at, 4);
        cells.push(cell);
        heap.push(value);
        at += value.length;
      }
    }
  }
  const table = Buffer.concat(cells);
  const all: Record<string, string | number> = {
    XTENSION: quote('BINTABLE'),
    BITPIX: 8,
    NAXIS: 2,
    NAXIS1: table.length / rows,
    NAXIS2: rows,
    PCOUNT: at,
    GCOUNT: 1,
    TFIELDS: names.length,
    ZIMAGE: 'T',
    ...cards,
  };
  for (const [i, name] of names.entries()) {
    all[`TTYPE${i + 1}`] = quote(name);
    all[`TFORM${i + 1}`] = quote(typeof columns[name][0] === 'number' ? '1D' : wide ? '1QB' : '1PB');
  }
  const lines = Object.entries(all).map(([keyword, value]) => card(keyword, value));
  return Buffer.concat([headerBytes(imageCards(8, [])), hduBytes(lines, Buffer.concat([table, ...heap]))]);
}

async function pixels(image: ByHand): Promise<number[]> {
  const file = await openFits(compressed(image), { name: 'tiles.fits' });
  return Array.from((await file.readImage(file.hdus[1], { as: 'float64' })).data);
}

const reals = { ZCMPTYPE: quote('GZIP_1'), ZBITPIX: -32, ZNAXIS: 2, ZNAXIS1: 3, ZNAXIS2: 2 };
const empty = new Uint8Array();
const gzip = (values: readonly number[], kind: 'i2' | 'i4' | 'f4' | 'f8'): Uint8Array =>
  gzipSync(bigEndian(values, kind));

describe('compressed images', () => {
  it('take ZSCALE, ZZERO and ZBLANK from columns or from keywords', async () => {
    const quanta = [gzip([1, 2, -7], 'i4'), gzip([4, -7, 6], 'i4')];
    const fromKeywords = { ...reals, ZSCALE: 0.5, ZZERO: 10, ZBLANK: -7 };
    expect(await pixels({ cards: fromKeywords, columns: { COMPRESSED_DATA: quanta } })).toEqual([
      10.5,
      11,
      Number.NaN,
      12,
      Number.NaN,
      13,
    ]);
    const columns = { COMPRESSED_DATA: quanta, ZSCALE: [0.5, 2], ZZERO: [10, 0], ZBLANK: [-7, 4] };
    expect(await pixels({ cards: reals, columns })).toEqual([10.5, 11, Number.NaN, Number.NaN, -14, 12]);
  });

  it('fall back on GZIP_COMPRESSED_DATA and UNCOMPRESSED_DATA, tile by tile', async () => {
    const columns = {
      COMPRESSED_DATA: [empty, empty],
      GZIP_COMPRESSED_DATA: [gzip([1.5, 2.5, Number.NaN], 'f4'), empty],
      UNCOMPRESSED_DATA: [empty, bigEndian([4.5, 5.5, 6.5], 'f4')],
      ZSCALE: [3, 3],
      ZZERO: [1, 1],
    };
    for (const wide of [false, true]) {
      expect(await pixels({ cards: { ...reals, ZCMPTYPE: quote('RICE_1') }, columns, wide })).toEqual([
        1.5,
        2.5,
        Number.NaN,
        4.5,
        5.5,
        6.5,
      ]);
    }
  });

  it('have NaN where their null mask says so', async () => {
    const columns = {
      COMPRESSED_DATA: [gzip([1, 2, 3], 'f4'), gzip([4, 5, 6], 'f4')],
      NULL_PIXEL_MASK: [gzipSync(Uint8Array.of(0, 1, 0)), empty],
    };
    expect(await pixels({ cards: { ...reals, ZMASKCMP: quote('GZIP_1') }, columns })).toEqual([
      1,
      Number.NaN,
      3,
      4,
      5,
      6,
    ]);
  });

  it('of integers take BLANK or ZBLANK, BSCALE and BZERO', async () => {
    const cards = { ...reals, ZBITPIX: 16, BSCALE: 2, BZERO: 1 };
    const columns = { COMPRESSED_DATA: [gzip([1, 2, 3], 'i2'), gzip([4, 5, 6], 'i2')] };
    for (const blank of ['BLANK', 'ZBLANK']) {
      expect(await pixels({ cards: { ...cards, [blank]: 5 }, columns })).toEqual([
        3,
        5,
        7,
        9,
        Number.NaN,
        13,
      ]);
    }
  });

  it('know RICE by its old name, and integers gzipped with more bytes than theirs', async () => {
    const cards = { ...reals, ZBITPIX: 16, ZCMPTYPE: quote('GZIP_1') };
    expect(
      await pixels({ cards, columns: { COMPRESSED_DATA: [gzip([1, -2, 3], 'i4'), gzip([4, 5, 6], 'i2')] } }),
    ).toEqual([1, -2, 3, 4, 5, 6]);
    const rice = { ...reals, ZBITPIX: 16, ZCMPTYPE: quote('RICE_ONE') };
    // First pixel 7 in four bytes, then a block whose pixels are all the same: selector 0 in five bits.
    const same = Uint8Array.of(0, 0, 0, 7, 0);
    expect(await pixels({ cards: rice, columns: { COMPRESSED_DATA: [same, same] } })).toEqual([
      7, 7, 7, 7, 7, 7,
    ]);
  });

  it('show the header of the image', async () => {
    const file = await openFits(
      compressed({
        cards: { ...reals, ZSCALE: 1, EXPTIME: 5, CTYPE1: quote('RA---TAN') },
        columns: { COMPRESSED_DATA: [empty, empty] },
      }),
    );
    const { header } = file.hdus[1];
    expect(header.cards.map(({ keyword }) => keyword)).toEqual([
      'XTENSION',
      'BITPIX',
      'NAXIS',
      'NAXIS1',
      'NAXIS2',
      'EXPTIME',
      'CTYPE1',
    ]);
    expect(header.get('BITPIX')).toBe(-32);
  });

  it('without data of a tile are refused', async () => {
    await expect(
      pixels({ cards: reals, columns: { COMPRESSED_DATA: [gzip([1, 2, 3], 'f4'), empty] } }),
    ).rejects.toThrow('its tile 2 has no data');
  });

  it('with a null mask and no NaN to put there are refused', async () => {
    const columns = {
      COMPRESSED_DATA: [gzip([1, 2, 3], 'i2'), empty],
      NULL_PIXEL_MASK: [gzipSync(Uint8Array.of(0, 1, 0)), empty],
    };
    await expect(pixels({ cards: { ...reals, ZBITPIX: 16 }, columns })).rejects.toThrow(
      'its pixels are integers without BLANK',
    );
  });
});

describe('PLIO_1', () => {
  const list = (...instructions: number[]): Int16Array =>
    Int16Array.of(0, 7, -100, 7 + instructions.length, 0, 0, 0, ...instructions);

  it('follows every instruction (FITS standard 4.0, table 40)', () => {
    // 2 zeros; value 5000 = (1 << 12) + 904; 2 of it; up 6; one; 3 down and one; up by one and one; 2 zeros and one.
    const found = unpackPlio(
      list(
        2,
        (1 << 12) + 904,
        1,
        (4 << 12) + 2,
        (2 << 12) + 6,
        (4 << 12) + 1,
        (7 << 12) + 3,
        (6 << 12) + 1,
        (5 << 12) + 3,
        (3 << 12) + 4,
        (4 << 12) + 1,
      ),
      13,
    );
    expect(Array.from(found)).toEqual([0, 0, 5000, 5000, 5006, 5003, 5004, 0, 0, 5004, 5000, 0, 0]);
  });

  it('reads the older header too', () => {
    expect(Array.from(unpackPlio(Int16Array.of(0, 0, 4, (4 << 12) + 2), 3))).toEqual([1, 1, 0]);
  });

  it.each([
    ['has no header', Int16Array.of(0, 0)],
    ['is cut off', Int16Array.of(0, 7, -100, 99, 0, 0, 0)],
    ['is cut off', list(1 << 12)],
    ['more pixels than the tile', list((4 << 12) + 4095)],
    ['unknown instruction 15', list(-1)],
  ])('refuses a list that %s', (message, words) => {
    expect(() => unpackPlio(words, 5)).toThrow(message);
  });
});

describe('RICE_1 and HCOMPRESS_1', () => {
  it('refuse data that end too early', () => {
    expect(() => unpackRice(Uint8Array.of(1), 5, 4, 32)).toThrow('its first pixel is cut off');
    expect(() => unpackRice(Uint8Array.of(0, 0, 0, 1, 0xff), 64, 4, 32)).toThrow('its pixels are cut off');
    expect(() => unpackRice(Uint8Array.of(0, 0, 0, 1, 0x08, 0, 0), 64, 4, 32)).toThrow(
      'its pixels are cut off',
    );
    expect(() => unpackHcompress(Uint8Array.of(1, 2, 3), 5, false)).toThrow('it is no HCOMPRESS data');
    const header = Buffer.alloc(25);
    header.writeUInt16BE(0xdd99);
    header.writeInt32BE(4, 2);
    header.writeInt32BE(4, 6);
    header[22] = 5;
    expect(() => unpackHcompress(header, 16, false)).toThrow('its bits are cut off');
    expect(() => unpackHcompress(header, 15, false)).toThrow('it holds 4 x 4 pixels, expected 15');
    header[22] = 99;
    expect(() => unpackHcompress(header, 16, false)).toThrow('it has 99 bit planes');
  });
});
