// Files that tests/fixtures/fits/make.py wrote with astropy: every number type, every compression with every dither,
// tables. What they hold is what astropy reads from them, to the last bit.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openFits, type TableColumn } from '../../../../data-adapters/formats/fits/index.ts';
import { fingerprint } from './fits-fixtures.ts';

interface Expected {
  readonly shape?: readonly number[];
  readonly dtype?: string;
  readonly sha256?: string;
  readonly columns?: Readonly<Record<string, readonly (readonly (number | string | null)[])[]>>;
  readonly parameters?: Readonly<Record<string, readonly number[]>>;
  readonly groups?: readonly number[];
}

const folder = fileURLToPath(new URL('../../../fixtures/fits', import.meta.url));
const expected = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8')) as Record<string, Expected[]>;

/** Rows as make.py writes them: NaN as null. */
function rowsOf(column: TableColumn, rows: number): (number | string | null)[][] {
  const plain = (value: number | string | bigint): number | string | null =>
    typeof value === 'string' ? value : Number.isNaN(Number(value)) ? null : Number(value);
  if (column.kind === 'variable') {
    return column.data.map((cell) =>
      typeof cell === 'string' ? [...cell] : Array.from(cell as Float64Array, plain),
    );
  }
  const each = column.shape.reduce((a, b) => a * b, 1);
  const flat = Array.from(column.data as ArrayLike<number>, plain);
  return Array.from({ length: rows }, (_, row) => flat.slice(row * each, (row + 1) * each));
}

describe('files written by astropy', () => {
  it('are all expected, and all that are expected are there', () => {
    const files = readdirSync(folder).filter((name) => name.includes('.fits'));
    expect(files.sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.keys(expected))('%s', async (name) => {
    const file = await openFits(`${folder}/${name}`);
    expect(file.hdus).toHaveLength(expected[name].length);
    for (const [i, wanted] of expected[name].entries()) {
      const hdu = file.hdus[i];
      if (wanted.sha256 !== undefined) {
        const { shape, data, dtype } = await file.readImage(hdu);
        expect({ shape, dtype, sha256: fingerprint(data) }).toEqual(wanted);
      }
      if (wanted.columns !== undefined) {
        const { rows, columns } = await file.readTable(hdu);
        const found = Object.fromEntries(columns.map((column) => [column.name, rowsOf(column, rows)]));
        expect(found).toEqual(wanted.columns);
      }
      if (wanted.groups !== undefined) {
        const { data, parameters } = await file.readGroups(hdu);
        expect(Array.from(data as Float32Array)).toEqual(wanted.groups);
        const found = Object.fromEntries(parameters.map(({ name, data }) => [name, Array.from(data)]));
        expect(found).toEqual(wanted.parameters);
      }
    }
    await file.close();
  });
});

describe('parts of compressed images', () => {
  const names = Object.keys(expected).filter((name) => name.startsWith('tiles-'));

  it.each(names)('are the parts of the whole: %s', async (name) => {
    const file = await openFits(`${folder}/${name}`);
    for (const hdu of file.hdus.slice(1)) {
      const whole = await file.readImage(hdu, { as: 'float64' });
      const [height, width] = hdu.shape.slice(-2);
      const planes = hdu.shape.length === 3 ? hdu.shape[0] : 1;
      for (const window of [
        { x: 0, y: 0, width, height },
        { x: 3, y: 2, width: 5, height: 4 },
        { x: width - 1, y: height - 1, width: 1, height: 1 },
      ]) {
        for (let plane = 0; plane < planes; plane++) {
          const part = await file.readImage(hdu, { as: 'float64', window, ...(planes > 1 ? { plane } : {}) });
          const wanted = Array.from({ length: window.height * window.width }, (_, i) => {
            const [y, x] = [window.y + Math.floor(i / window.width), window.x + (i % window.width)];
            return whole.data[(plane * height + y) * width + x];
          });
          expect(Array.from(part.data)).toEqual(wanted);
        }
      }
    }
  });
});
