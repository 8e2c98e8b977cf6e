// Writing: what is written is read again, here and by astropy where Python has it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Checksum, encodeChecksum } from '../../../../data-adapters/formats/fits/checksum.ts';
import {
  encodeFits,
  FitsHeader,
  openFits,
  type Pixels,
  writeFits,
} from '../../../../data-adapters/formats/fits/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepfield-fits-'));
afterAll(() => rmSync(folder, { recursive: true }));

const header = FitsHeader.parse(
  [
    'SIMPLE  =                    T / of another file',
    'BITPIX  =                   16',
    'NAXIS   =                    1',
    'NAXIS1  =                    7',
    "OBJECT  = 'NGC 6975'           / name of the galaxy",
    "LONGSTR = 'It''s a string that goes on for more than sixty-eight characters, &'",
    "CONTINUE  'as strings do' / and has a comment",
    "CTYPE1  = 'RA---TAN'",
    "CTYPE2  = 'DEC--TAN'",
    'CRVAL1  =             312.25 / degrees',
    'BSCALE  =                 0.5',
    'BZERO   =                32768',
    'BLANK   =                   -1',
    'HIERARCH ESO DET ID = 16 / of the detector',
    'COMMENT  as it was',
    'HISTORY  taken',
    "CHECKSUM= '0000000000000000'",
  ]
    .map((line) => line.padEnd(80))
    .join(''),
  'old.fits',
);

const every: Readonly<Record<string, Pixels>> = {
  uint8: Uint8Array.of(0, 1, 255, 7, 8, 9),
  int8: Int8Array.of(-128, 1, 127, 7, 8, 9),
  int16: Int16Array.of(-32768, 1, 32767, 7, 8, 9),
  uint16: Uint16Array.of(0, 1, 65535, 7, 8, 9),
  int32: Int32Array.of(-(2 ** 31), 1, 2 ** 31 - 1, 7, 8, 9),
  uint32: Uint32Array.of(0, 1, 2 ** 32 - 1, 7, 8, 9),
  int64: BigInt64Array.of(-(2n ** 63n), 1n, 2n ** 63n - 1n, 7n, 8n, 9n),
  uint64: BigUint64Array.of(0n, 1n, 2n ** 64n - 1n, 7n, 8n, 9n),
  float32: Float32Array.of(Number.NaN, 0.1, -Infinity, 7, 8, 9),
  float64: Float64Array.of(Number.NaN, 0.1, Infinity, 7, 8, 9),
};
const hdus = Object.entries(every).map(([name, data], i) => ({
  data,
  shape: i % 2 === 0 ? [2, 3] : [3, 1, 2],
  name: name.toUpperCase(),
  header,
  history: [`deepfield: ${name}`],
}));

describe('encodeFits', () => {
  it('writes every number type, in as many HDUs, as it is read again', async () => {
    const file = await openFits(encodeFits(hdus));
    expect(file.hdus.map(({ name, dtype, shape }) => ({ name, dtype, shape }))).toEqual(
      Object.keys(every).map((dtype, i) => ({ name: dtype.toUpperCase(), dtype, shape: hdus[i].shape })),
    );
    for (const [i, hdu] of file.hdus.entries())
      expect((await file.readImage(hdu)).data).toEqual(hdus[i].data);
  });

  it('keeps the cards that do not say how the file was laid out, as they were, and adds HISTORY', async () => {
    const file = await openFits(
      encodeFits([{ header, shape: [2], data: Float32Array.of(1, 2), history: ['made smaller'] }]),
    );
    const [{ header: written }] = file.hdus;
    const kept = header.cards.filter(
      ({ keyword }) => !/^(SIMPLE|BITPIX|NAXIS1?|BSCALE|BZERO|BLANK|CHECKSUM)$/.test(keyword),
    );
    const lines = written.cards.flatMap((card) => card.lines);
    expect(lines.slice(4, -3)).toEqual(kept.flatMap((card) => card.lines));
    expect(written.texts('HISTORY')).toEqual([' taken', 'made smaller']);
    expect([written.get('BITPIX'), written.get('NAXIS1'), written.has('BZERO')]).toEqual([-32, 2, false]);
    expect(file.hdus[0].dtype).toBe('float32');
  });

  it('writes a value that the standard does not know as a string', async () => {
    const lines = [
      'SKEW    = -1.4E+00, -1.7E+00 / two',
      'HISTORY = 5, 6',
      'NONE    =                / no value',
    ];
    const odd = FitsHeader.parse(lines.map((line) => line.padEnd(80)).join(''), 'odd.fits');
    const file = await openFits(encodeFits([{ header: odd }]));
    expect(file.hdus[0].header.card('SKEW')).toMatchObject({ value: '-1.4E+00, -1.7E+00', comment: 'two' });
    expect(file.hdus[0].header.texts('HISTORY')).toEqual(['= 5, 6']);
    expect(file.hdus[0].header.card('NONE')).toMatchObject({ value: undefined, comment: 'no value' });
  });

  it('writes a header alone', async () => {
    const file = await openFits(encodeFits([{ header }, { shape: [1], data: Uint8Array.of(3) }]));
    expect(file.hdus.map(({ kind }) => kind)).toEqual(['empty', 'image']);
    expect(file.hdus[0].header.get('OBJECT')).toBe('NGC 6975');
  });

  it('sums to zero in ones complement, every HDU', () => {
    const bytes = encodeFits(hdus);
    // Each of these HDUs is a block of header and one of data.
    const starts = Array.from({ length: bytes.length / 2880 }, (_, i) => i * 2880).filter((at) =>
      /^(SIMPLE|XTENSION)/.test(Buffer.from(bytes.subarray(at, at + 8)).toString('latin1')),
    );
    expect(starts).toHaveLength(hdus.length);
    starts.forEach((start, i) => {
      const sum = new Checksum().add(bytes.subarray(start, starts[i + 1] ?? bytes.length));
      expect(sum.value).toBe(2 ** 32 - 1);
    });
  });

  it('refuses data that do not fit their shape', () => {
    expect(() => encodeFits([{ shape: [3], data: Uint8Array.of(1) }])).toThrow(RangeError);
    expect(() => encodeFits([{ shape: [3] }])).toThrow(RangeError);
    expect(() => encodeFits([{ shape: [], data: Uint8Array.of(1) }])).toThrow(RangeError);
    expect(() => encodeFits([])).toThrow(RangeError);
    const wrong = {
      shape: [1],
      data: new DataView(new ArrayBuffer(1)) as unknown as Uint8Array<ArrayBuffer>,
    };
    expect(() => encodeFits([wrong])).toThrow(RangeError);
  });
});

describe('checksums', () => {
  it('are letters and digits whose sum is the complement', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (sum) => {
        const text = encodeChecksum(sum);
        expect(text).toMatch(/^[0-9A-Za-z]{16}$/);
        // In the file the text begins at byte 3 of a word, over sixteen zeros.
        const place = (inner: string): Uint8Array => Buffer.from(`\0\0\0${inner}\0`, 'latin1');
        const total = new Checksum().add(place(text));
        const zeros = new Checksum().add(place('0'.repeat(16)));
        const difference = (((total.value - zeros.value) % (2 ** 32 - 1)) + 2 ** 32 - 1) % (2 ** 32 - 1);
        expect(difference).toBe((2 ** 32 - 1 - sum) % (2 ** 32 - 1));
      }),
    );
  });

  it('is the example of the standard: 868229149 is hcHjjc9ghcEghc9g', () => {
    // FITS standard 4.0, appendix J: the complement of 868229149 as a word.
    expect(encodeChecksum(868229149)).toBe('hcHjjc9ghcEghc9g');
  });
});

describe('writeFits', () => {
  it('writes the bytes of encodeFits, whole or not at all', async () => {
    const path = join(folder, 'every.fits');
    await writeFits(path, hdus);
    expect(new Uint8Array(readFileSync(path))).toEqual(encodeFits(hdus));
    await expect(writeFits(join(folder, 'none', 'a.fits'), hdus)).rejects.toThrow('make the folder first');
    await expect(
      writeFits(path, [{ header: header.with('X', 1), shape: [2], data: Uint8Array.of(1) }]),
    ).rejects.toThrow(RangeError);
    expect(readdirSync(folder)).toEqual(['every.fits']);
  });
});

const python = process.env.DEEPFIELD_PYTHON ?? 'python3';
const hasAstropy = spawnSync(python, ['-c', 'import astropy']).status === 0;

it.skipIf(!hasAstropy)(
  `astropy reads what was written and finds its checksums right${hasAstropy ? '' : ' (skipped: no Python with astropy; set DEEPFIELD_PYTHON)'}`,
  async () => {
    const path = join(folder, 'astropy.fits');
    await writeFits(path, hdus);
    const program = `
import sys, json, warnings
warnings.simplefilter('error')
from astropy.io import fits
out = []
with fits.open(sys.argv[1], checksum=True) as hdus:
    hdus.verify('exception')
    for hdu in hdus:
        header = hdu.header
        out.append([hdu.name, hdu.data.dtype.newbyteorder('=').name, list(hdu.data.shape), [str(x) for x in hdu.data.ravel().tolist()],
            header['LONGSTR'], header.comments['OBJECT'], header['ESO DET ID'], list(header['HISTORY']), header['CRVAL1']])
print(json.dumps(out))`;
    const found = JSON.parse(execFileSync(python, ['-c', program, path]).toString()) as unknown[];
    const names: Record<string, string> = { NaN: 'nan', Infinity: 'inf', '-Infinity': '-inf' };
    expect(found).toEqual(
      hdus.map(({ name, data, shape, history }) => [
        name,
        name.toLowerCase(),
        shape,
        Array.from(
          data as Float64Array,
          (value) =>
            names[String(value)] ??
            (data instanceof Float32Array || data instanceof Float64Array
              ? pythonFloat(value)
              : String(value)),
        ),
        "It's a string that goes on for more than sixty-eight characters, as strings do",
        'name of the galaxy',
        16,
        [' taken', ...history],
        312.25,
      ]),
    );
  },
);

const pythonFloat = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));
