import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvLayout, parseCsvBlock } from '../../../data-adapters/tables/csv-block.ts';
import { nearestFloat32 } from '../../../data-adapters/tables/decimal.ts';

const layout = (names: string[], options: Partial<CsvLayout> = {}): CsvLayout => ({
  columns: names,
  delimiter: 44,
  slots: names.map((_, i) => i),
  double: names.map(() => false),
  codes: names.map(() => undefined),
  ...options,
});
const parse = (text: string, options: CsvLayout) => parseCsvBlock(Buffer.from(text), options);

/** Numbers as programs print them, and as only a test would. */
const decimals = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.float({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.float({ noNaN: true, min: Math.fround(-1e4), max: Math.fround(1e4) }).map((x) => x.toExponential(18)),
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((x) => x.toFixed(6)),
  fc.integer().map(String),
  fc
    .tuple(
      fc.constantFrom('', '-', '+'),
      fc.stringMatching(/^\d{0,25}$/),
      fc.stringMatching(/^\d{0,25}$/),
      fc.option(fc.integer({ min: -60, max: 60 })),
    )
    .filter(([, whole, fraction]) => whole.length + fraction.length > 0)
    .map(([sign, whole, fraction, exponent]) => {
      const number = `${sign}${whole}${fraction.length > 0 || whole === '' ? '.' : ''}${fraction}`;
      return exponent === null ? number : `${number}e${exponent}`;
    }),
);

/** A decimal number exactly between two float32, or a little beside. */
const ties = fc
  .tuple(
    fc.float({ noNaN: true, min: 1, max: Math.fround(1e6) }),
    fc.constantFrom('', '0', '1', '0000000001'),
  )
  .map(([x, tail]) => {
    const data = new DataView(new ArrayBuffer(4));
    data.setFloat32(0, x);
    data.setUint32(0, data.getUint32(0) + 1);
    const middle = (x + data.getFloat32(0)) / 2;
    const text = middle.toFixed(40).replace(/0+$/, '');
    return { x, up: data.getFloat32(0), text: `${text}${tail}`, above: tail.endsWith('1') };
  });

describe('parseCsvBlock', () => {
  it('gives the float64 that Number gives, bit for bit', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const { values, rows, bad } = parse(`${a},${b}\n`, layout(['a', 'b'], { double: [true, true] }));
        expect(bad).toEqual([]);
        expect(rows).toBe(1);
        expect([values[0][0], values[1][0]]).toEqual([Number(a), Number(b)]);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives the nearest float32', () => {
    fc.assert(
      fc.property(decimals, (text) => {
        const { values } = parse(text, layout(['a']));
        expect(values[0][0]).toBe(nearestFloat32(text));
        // Rounding twice differs from it only by the tie that the first rounding makes.
        const twice = Math.fround(Number(text));
        if (twice !== values[0][0]) expect(Math.abs(Number(text) - twice)).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });

  it('rounds once, not twice, beside a tie of float32', () => {
    fc.assert(
      fc.property(ties, ({ x, up, text, above }) => {
        const even = Math.fround((x + up) / 2);
        expect(parse(text, layout(['a'])).values[0][0]).toBe(above ? up : even);
      }),
    );
    expect(nearestFloat32('1.00000005960464477539062500000000000000001')).toBe(1 + 2 ** -23);
    expect(nearestFloat32('1.000000059604644775390624999999999999999')).toBe(1);
    expect(nearestFloat32('-1.00000005960464477539062500000000000000001')).toBe(-1 - 2 ** -23);
    expect(nearestFloat32('340282356779733661637539395458142568447.9')).toBe(
      Math.fround(3.4028234663852886e38),
    );
    expect(nearestFloat32('340282356779733661637539395458142568448')).toBe(Number.POSITIVE_INFINITY);
  });

  it('reads quoted cells, blanks, CRLF, signs, special words and codes', () => {
    const text = ' 1 ,"2",-0.5e1,s\r\n\n+3,NaN,-inf,b\r\n.5,,5., "s" ';
    const { values, rowNumbers, bad, rows, lines } = parse(
      text,
      layout(['a', 'b', 'c', 'd'], { codes: [undefined, undefined, undefined, { s: 1, b: 0 }] }),
    );
    expect(bad).toEqual([]);
    expect([rows, lines]).toEqual([3, 4]);
    expect([...rowNumbers]).toEqual([0, 2, 3]);
    expect(values.map((v) => [...v])).toEqual([
      [1, 3, 0.5],
      [2, Number.NaN, Number.NaN],
      [-5, Number.NEGATIVE_INFINITY, 5],
      [1, 0, 1],
    ]);
  });

  it('reads only the columns that are wanted, whatever the others hold', () => {
    const { values, bad } = parse(
      'x,1,"a, b",2\ny,3,z,4\n',
      layout(['p', 'q', 'r', 's'], {
        slots: [-1, 0, -1, 1],
        double: [false, true],
        codes: [undefined, undefined],
      }),
    );
    expect(bad).toEqual([]);
    expect(values.map((v) => [...v])).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  it('sets rows aside that are none, with the reason and the text', () => {
    const { values, bad, rowNumbers } = parse(
      '1,2\n3\n4,5,6\n7,abc\n8,9\n1e,2\n--1,2\n1.2.3,4\n',
      layout(['a', 'b']),
    );
    expect(values.map((v) => [...v])).toEqual([
      [1, 8],
      [2, 9],
    ]);
    expect([...rowNumbers]).toEqual([0, 4]);
    expect(bad).toEqual([
      { row: 1, what: 'has 1 column, expected 2', text: '3' },
      { row: 2, what: 'has 3 columns, expected 2', text: '4,5,6' },
      { row: 3, what: 'column 2 (b) is "abc", expected a number', text: '7,abc' },
      { row: 5, what: 'column 1 (a) is "1e", expected a number', text: '1e,2' },
      { row: 6, what: 'column 1 (a) is "--1", expected a number', text: '--1,2' },
      { row: 7, what: 'column 1 (a) is "1.2.3", expected a number', text: '1.2.3,4' },
    ]);
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { rows, lines, bad, values } = parseCsvBlock(bytes, layout(['a', 'b']));
        expect(rows + bad.length).toBeLessThanOrEqual(lines);
        expect(values.every((v) => v.length === rows)).toBe(true);
      }),
    );
  });
});
