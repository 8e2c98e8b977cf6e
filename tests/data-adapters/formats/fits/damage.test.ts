// Damaged and hostile files: every one is read, or refused by one line that names the file. None takes long, or memory
// that its size does not explain.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../core/errors.ts';
import { encodeFits, openFits } from '../../../../data-adapters/formats/fits/index.ts';
import { answer, damage, trials } from '../damage.ts';
import { card, hduBytes, headerBytes, imageCards, readEverything } from './fits-fixtures.ts';

const folder = fileURLToPath(new URL('../../../fixtures/fits', import.meta.url));
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.fits.gz'))
  .map((name) => ({ name, bytes: gunzipSync(readFileSync(`${folder}/${name}`)) }));

/** Reads all there is; an error must be a UserError of one line that names the file. */
const read = (bytes: Uint8Array): Promise<boolean | undefined> =>
  answer(async () => {
    const before = process.memoryUsage().arrayBuffers;
    try {
      const file = await openFits(bytes, { name: 'damaged.fits' });
      await readEverything(file);
      return true;
    } catch (error) {
      if (error instanceof UserError) expect(error.message).toMatch(/^damaged\.fits: .+; .+/);
      throw error;
    } finally {
      // 2^24 pixels of 8 bytes, twice, are what any file may claim (compressed-image.ts).
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(300_000_000);
    }
  });

describe('damaged files', () => {
  it.each(fixtures)('$name, cut at every block and within it', async ({ bytes }) => {
    for (let end = 0; end < bytes.length; end += 2880) {
      for (const cut of [end, end + 1, end + 1441])
        await read(bytes.subarray(0, Math.min(cut, bytes.length)));
    }
  });

  it.each(fixtures)('$name, damaged anywhere', async ({ bytes }) => {
    await fc.assert(
      fc.asyncProperty(damage(bytes), async (bad) => void (await read(bad))),
      trials(15),
    );
  });

  it.each(fixtures)('$name, with bits flipped where data and structure are', async ({ bytes }) => {
    // Blanks and zeros are padding.
    const places = Array.from(bytes.keys()).filter((i) => bytes[i] !== 0x20 && bytes[i] !== 0);
    const flip = fc.array(fc.tuple(fc.nat(places.length - 1), fc.nat(7)), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(flip, async (flips) => {
        const bad = Uint8Array.from(bytes);
        for (const [place, bit] of flips) bad[places[place]] ^= 1 << bit;
        await read(bad);
      }),
      trials(30),
    );
  });

  it.each(fixtures)('$name, with a number of its header changed', async ({ bytes }) => {
    const text = bytes.toString('latin1');
    const numbers = [...text.matchAll(/[A-Z0-9]{1,8} *= +(-?\d+) /g)].filter(({ index }) => index % 80 < 8);
    const value = fc.oneof(
      fc.constantFrom(
        '0',
        '-1',
        '1',
        '8',
        '16',
        '-32',
        '2147483648',
        '9007199254740993',
        '99999999999999999999',
        '1E300',
        'T',
        "'x'",
      ),
      fc.integer({ min: -100, max: 100_000 }).map(String),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(numbers.length - 1), value, async (n, digits) => {
        const { index, 0: whole } = numbers[n];
        const bad = Buffer.from(bytes);
        bad.write(digits.padStart(20), index + whole.indexOf('=') + 2, 'latin1');
        await read(bad);
      }),
      trials(30),
    );
  });
});

describe('hostile headers', () => {
  const refused = async (bytes: Uint8Array, message: string): Promise<void> => {
    const failure = await (async () => readEverything(await openFits(bytes, { name: 'h.fits' })))().catch(
      (error) => error,
    );
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as Error).message).toContain(message);
    expect((failure as Error).message).toMatch(/^h\.fits: HDU \d/);
  };

  it.each([
    ['has no BITPIX', [card('SIMPLE', 'T')]],
    ['BITPIX is 7', imageCards(7, [1])],
    ['BITPIX is 8.5', imageCards(8.5, [1])],
    ['NAXIS is -1', [card('SIMPLE', 'T'), card('BITPIX', 8), card('NAXIS', -1)]],
    ['NAXIS is 1000', [card('SIMPLE', 'T'), card('BITPIX', 8), card('NAXIS', 1000)]],
    ['has no NAXIS2', [card('SIMPLE', 'T'), card('BITPIX', 8), card('NAXIS', 2), card('NAXIS1', 5)]],
    ['NAXIS1 is -5', imageCards(8, [-5])],
    ['NAXIS1 is 9007199254740992', imageCards(8, [2 ** 53])],
    ['larger than any file', imageCards(8, [2 ** 40, 2 ** 40])],
    ['larger than any file', imageCards(8, new Array<number>(999).fill(2 ** 52))],
    ['larger than any file', imageCards(8, [...new Array<number>(100).fill(2 ** 52), 0])],
    ['is truncated: its 1000000 x 1000000 pixels of float64', imageCards(-64, [1e6, 1e6])],
    ['is truncated: its 1000000000000000 pixels', imageCards(8, [1e15])],
    ['PCOUNT is -1', [...imageCards(8, [5]), card('PCOUNT', -1)]],
    ['larger than any file', [...imageCards(16, [5]), card('PCOUNT', 2 ** 52)]],
    ['larger than any file', [...imageCards(-64, [5]), card('GCOUNT', 2 ** 52)]],
    ['BSCALE is', [...imageCards(8, [5]), card('BSCALE', "'x'")]],
    ['BLANK is 0.5', [...imageCards(8, [5]), card('BLANK', 0.5)]],
    ['is truncated: its groups', [...imageCards(-32, [0, 1000]), card('GROUPS', 'T'), card('GCOUNT', 1e9)]],
  ])('%s', async (message, cards) => {
    await refused(headerBytes(cards), message);
  });

  it('any number of groups of nothing', async () => {
    const cards = [...imageCards(-32, [0, 0]), card('GROUPS', 'T'), card('GCOUNT', 1e15)];
    const file = await openFits(headerBytes(cards));
    expect((await file.readGroups(file.hdus[0])).data).toHaveLength(0);
  });

  it('without END, however long', async () => {
    const endless = Buffer.alloc(20_000_000, ' ');
    headerBytes(imageCards(8, [])).copy(endless, 0, 0, 240);
    await refused(endless, 'its header has no END card within 16776000 bytes');
    await refused(endless.subarray(0, 1_000_000), 'its header is cut off: it has no END card');
  });

  it('a header that begins and does not end, after a good HDU', async () => {
    const good = encodeFits([{ shape: [1], data: Uint8Array.of(1) }]);
    await refused(
      Buffer.concat([good, headerBytes([card('XTENSION', "'IMAGE   '")]).subarray(0, 80)]),
      'HDU 1: its header is cut off',
    );
  });

  const quote = (text: string): string => `'${text}'`;
  /** One tile of one compressed byte. */
  const tiles = (changes: Readonly<Record<string, string | number>>): Buffer => {
    const cards: Record<string, string | number> = {
      XTENSION: quote('BINTABLE'),
      BITPIX: 8,
      NAXIS: 2,
      NAXIS1: 8,
      NAXIS2: 1,
      PCOUNT: 100,
      GCOUNT: 1,
      TFIELDS: 1,
      TTYPE1: quote('COMPRESSED_DATA'),
      TFORM1: quote('1PB(100)'),
      ZIMAGE: 'T',
      ZCMPTYPE: quote('RICE_1'),
      ZBITPIX: 16,
      ZNAXIS: 1,
      ZNAXIS1: 10,
      ZTILE1: 10,
      ...changes,
    };
    const data = Buffer.alloc(108, 0xff);
    data.writeInt32BE(100, 0);
    data.writeInt32BE(0, 4);
    const lines = Object.entries(cards).map(([keyword, value]) => card(keyword, value));
    return Buffer.concat([headerBytes(imageCards(8, [])), hduBytes(lines, data)]);
  };

  it.each([
    ['ZTILE1 is 0, expected a whole number from 1 on', { ZTILE1: 0 }],
    ['ZTILE1 is -5', { ZTILE1: -5 }],
    ['claims 1000000000000 pixels in 100 compressed bytes', { ZNAXIS1: 1e12, ZTILE1: 1e12 }],
    ['claims 100000000 pixels in 100 compressed bytes', { ZNAXIS1: 1e8, ZTILE1: 1e8 }],
    ['has 1 tiles, its axes and ZTILEn make 1000000', { ZNAXIS1: 1e6, ZTILE1: 1 }],
    ['larger than any file', { ZNAXIS: 2, ZNAXIS1: 2 ** 52, ZNAXIS2: 2 ** 52 }],
    ['ZNAXIS is 1000', { ZNAXIS: 1000 }],
    ['ZBITPIX is 7', { ZBITPIX: 7 }],
    ["is compressed by ZCMPTYPE = 'LZW'", { ZCMPTYPE: quote('LZW') }],
    ["ZQUANTIZ is 'DICE'", { ZQUANTIZ: quote('DICE') }],
    ['its BYTEPIX is 3', { ZNAME1: quote('BYTEPIX'), ZVAL1: 3 }],
    ['its BLOCKSIZE is 0', { ZNAME1: quote('BLOCKSIZE'), ZVAL1: 0 }],
    ['its tile 1 (GZIP_1) cannot be unpacked', { ZCMPTYPE: quote('GZIP_1') }],
    ['its tile 1 (GZIP_2) cannot be unpacked', { ZCMPTYPE: quote('GZIP_2') }],
    ['its tile 1 (PLIO_1) cannot be unpacked', { ZCMPTYPE: quote('PLIO_1') }],
    ['its tile 1 (HCOMPRESS_1) cannot be unpacked', { ZCMPTYPE: quote('HCOMPRESS_1') }],
    ['its 100 bytes are not its 10 pixels', { ZCMPTYPE: quote('NOCOMPRESS') }],
    ['without a column COMPRESSED_DATA', { TTYPE1: quote('DATA') }],
    ['without a column COMPRESSED_DATA', { TFORM1: quote('8B') }],
    ['points to 100 elements at byte 0 of a heap of 99 bytes', { PCOUNT: 99 }],
    ['THEAP is 7', { THEAP: 7 }],
    ['is a compressed image', { TFIELDS: 0 }],
  ])('%s', async (message, changes) => {
    await refused(tiles(changes as Record<string, string | number>), message);
  });
});
