// FITS files of surveys, telescopes and other readers' tests, where they are present (../shared/data; SOURCES.md there
// says whose they are), against what astropy 8.0.1 reads from them (EXPECTED.json there).
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type FitsFile, type Hdu, openFits } from '../../../../data-adapters/formats/fits/index.ts';
import { cellText } from './cell-text.ts';
import { fingerprint } from './fits-fixtures.ts';

const folder = fileURLToPath(new URL('../../../../../shared/data/galaxies', import.meta.url));
const expectedPath = `${folder}/EXPECTED.json`;
const present = existsSync(expectedPath);

interface ExpectedImage {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly nan: number;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  readonly first: readonly number[];
  readonly center: number;
  readonly sha256_f64le: string;
}
interface ExpectedHdu {
  readonly i: number;
  readonly cls: string;
  readonly name: string;
  readonly image?: ExpectedImage;
  readonly rows?: number;
  readonly cols?: readonly (readonly [name: string, format: string])[];
  readonly ncols?: number;
  readonly row0?: readonly string[];
}
interface ExpectedFile {
  readonly hdus: number;
  readonly list: readonly ExpectedHdu[];
}

const expected: Record<string, ExpectedFile> = present
  ? (JSON.parse(readFileSync(expectedPath, 'utf8')) as Record<string, ExpectedFile>)
  : {};

async function checkImage(file: FitsFile, hdu: Hdu, wanted: ExpectedImage): Promise<void> {
  const { shape, data, dtype } = await file.readImage(hdu);
  expect(shape).toEqual(wanted.shape);
  const names: Record<string, string> = {
    f4: 'float32',
    f8: 'float64',
    i2: 'int16',
    i4: 'int32',
    i8: 'int64',
  };
  const type = wanted.dtype.replace(/^[<>|=]/, '');
  expect(dtype).toBe(names[type] ?? type);
  expect(hdu.dtype).toBe(dtype);
  const values = data as Float64Array;
  expect(Array.from(values.subarray(0, wanted.first.length), Number)).toEqual(wanted.first);
  expect(fingerprint(data)).toBe(wanted.sha256_f64le);
}

async function checkTable(file: FitsFile, hdu: Hdu, wanted: ExpectedHdu): Promise<void> {
  const table = await file.readTable(hdu);
  expect(table.rows).toBe(wanted.rows);
  expect(table.columns).toHaveLength(wanted.ncols!);
  const columns = table.columns.slice(0, wanted.cols!.length);
  expect(columns.map(({ name, format }) => [name, format])).toEqual(wanted.cols);
  wanted.row0?.forEach((text, c) => {
    const [ours, theirs] = cellText(table.columns[c], 0, text);
    expect(ours, `${hdu.where} ${table.columns[c].name}`).toEqual(theirs);
  });
}

describe(`FITS files of others${present ? '' : ' (skipped: ../shared/data/galaxies is not here)'}`, () => {
  it.skipIf(!present).each(present ? Object.keys(expected) : ['files'])(
    'reads %s as astropy does',
    async (name) => {
      const file = await openFits(`${folder}/${name}`);
      try {
        expect(file.hdus).toHaveLength(expected[name].hdus);
        for (const wanted of expected[name].list) {
          const hdu = file.hdus[wanted.i];
          expect(hdu.name).toBe(wanted.name);
          if (wanted.image !== undefined) await checkImage(file, hdu, wanted.image);
          if (wanted.rows !== undefined) await checkTable(file, hdu, wanted);
        }
      } finally {
        await file.close();
      }
    },
  );
});
