// Headers: the grammar of FITS standard 4.0, section 4, and what files in the wild make of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FitsHeader, openFits } from '../../../../data-adapters/formats/fits/index.ts';
import { headerBytes, imageCards } from './fits-fixtures.ts';

const parse = (...lines: string[]): FitsHeader =>
  FitsHeader.parse(lines.map((line) => line.padEnd(80)).join(''), 'test.fits');
const text = (header: FitsHeader): string[] =>
  Buffer.from(header.encode())
    .toString('latin1')
    .match(/.{80}/g)!
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');

describe('reading', () => {
  it.each([
    ["OBJECT  = 'NGC 6975'           / name", 'NGC 6975', 'name'],
    ["OBSERVER= 'O''Hara / Smith''s' / who", "O'Hara / Smith's", 'who'],
    ["URL     = 'https://example.org/a'", 'https://example.org/a', ''],
    ["EMPTY   = ''", '', ''],
    ["BLANKS  = '   '  / blanks are none", '', 'blanks are none'],
    ["TRAIL   = '  a  '", '  a', ''],
    ["OPEN    = 'no end", 'no end', ''],
    ['SIMPLE  =                    T / logical', true, 'logical'],
    ['EXTEND  = F', false, ''],
    ['NAXIS   =                    2', 2, ''],
    ['NEGATIVE=                  -17', -17, ''],
    ['PLUS    = +5', 5, ''],
    ['HUGE    =  9223372036854775808', 9223372036854775808n, ''],
    ['EXPTIME =                53.91', 53.91, ''],
    ['BSCALE  =               1.5D-2', 0.015, ''],
    ['SMALL   = -.5E+3', -500, ''],
    ['POINT   = 5.', 5, ''],
    ['COMPLEX = (1.5, -2E1) / pair', [1.5, -20], 'pair'],
    ['NONE    =                      / undefined', undefined, 'undefined'],
    ['BAD     = 12abc', undefined, ''],
    ['HIERARCH ESO DET CHIP1 ID = 16 / long keyword', 16, 'long keyword'],
    ["hierarch eso obs name = 'M31'", 'M31', ''],
  ])('%s', (line, value, comment) => {
    const [card] = parse(line).cards;
    expect(card.value).toEqual(value);
    expect(card.comment).toBe(comment);
  });

  it('finds keywords in any case, with or without HIERARCH', () => {
    const header = parse('HIERARCH ESO DET ID = 16', 'EXPTIME = 5');
    expect(header.get('ESO DET ID')).toBe(16);
    expect(header.get('HIERARCH ESO DET ID')).toBe(16);
    expect(header.get('exptime')).toBe(5);
    expect(header.has('EXPTIM')).toBe(false);
  });

  it('joins strings that go on over CONTINUE, and their comments', () => {
    const header = parse(
      "LONG    = 'It''s a &'          / first",
      "CONTINUE  'very long & &'",
      "CONTINUE  'string' / last",
      "AMPER   = 'ends in &'",
      'NEXT    = 1',
    );
    expect(header.get('LONG')).toBe("It's a very long & string");
    expect(header.card('LONG')?.comment).toBe('first last');
    expect(header.get('AMPER')).toBe('ends in &');
    expect(header.cards).toHaveLength(3);
  });

  it('keeps COMMENT, HISTORY, blank and duplicate cards, and gives the first of a keyword', () => {
    const header = parse('COMMENT  a = b', 'HISTORY one', 'HISTORY = two', '', 'GAIN    = 1', 'GAIN    = 2');
    expect(header.texts('HISTORY')).toEqual(['one', '= two']);
    expect(header.texts('COMMENT')).toEqual([' a = b']);
    expect(header.get('GAIN')).toBe(1);
    expect(header.cards).toHaveLength(6);
  });

  it('takes END for the end only when the card is nothing else', async () => {
    const lines = [...imageCards(8, []), 'ENDTIME = 5', "TEXT    = 'END'", 'END TIME', 'COMMENT END'];
    const file = await openFits(headerBytes(lines));
    expect(file.hdus[0].header.get('ENDTIME')).toBe(5);
    expect(file.hdus[0].header.cards).toHaveLength(7);
  });

  it('finds END in the last card of a block, and headers of many blocks', async () => {
    for (const count of [32, 33, 500, 5000]) {
      const more = Array.from({ length: count }, (_, i) => `KEY${i}`.padEnd(8).concat(`= ${i}`));
      const file = await openFits(headerBytes([...imageCards(8, []), ...more]));
      expect(file.hdus[0].header.get(`KEY${count - 1}`)).toBe(count - 1);
    }
  });

  it('says which keyword is no number', () => {
    const header = parse("NAXIS   = 'two'", 'NAXIS1  = -5', 'NAXIS2  = 2.5');
    expect(() => header.integer('NAXIS')).toThrow("test.fits: NAXIS is ''two'', expected a number");
    expect(() => header.integer('NAXIS1')).toThrow('NAXIS1 is -5, expected a whole number from 0 on');
    expect(() => header.integer('NAXIS2')).toThrow('NAXIS2 is 2.5');
    expect(() => header.integer('NAXIS3')).toThrow('has no NAXIS3');
  });
});

describe('writing', () => {
  it('leaves cards that are not edited as they are, byte for byte', () => {
    const lines = [
      "OBSERVER= 'O''Hara'   /no blank before",
      'EXPTIME =    1.50D+01/ odd columns',
      "LONG    = 'one &'",
      "CONTINUE  'two'   / said",
      'HIERARCH ESO DET ID = 16 / x',
      'HISTORY  old',
      'EXPTIME = 3',
    ];
    expect(
      text(
        parse(...lines)
          .with('NEW', 1)
          .without(/^NEW$/),
      ),
    ).toEqual([...lines, 'END']);
  });

  it('edits in place and keeps the comment', () => {
    const header = parse('GAIN    =                    1 / e-/ADU', 'NEXT    = 2').with('GAIN', 2.5);
    expect(text(header)).toEqual(['GAIN    =                  2.5 / e-/ADU', 'NEXT    = 2', 'END']);
  });

  it('adds HISTORY at the end, in cards of 72 characters', () => {
    const header = parse('GAIN    = 1').withHistory('x'.repeat(100), 'second\nline');
    expect(header.texts('HISTORY')).toEqual(['x'.repeat(72), 'x'.repeat(28), 'second line']);
    expect(text(header).at(-2)).toBe('HISTORY second line');
  });

  it('writes what it reads: any string, number and keyword', () => {
    const printable = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((c) => String.fromCharCode(c)),
      maxLength: 300,
    });
    const value = fc.oneof(
      printable.map((s) => s.trimEnd()),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x)),
      fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }),
      fc.boolean(),
      fc.constant(undefined),
    );
    const keyword = fc
      .stringMatching(/^[A-Z][A-Z0-9_-]{0,11}$/)
      .filter((name) => !/^(COMMENT|HISTORY|CONTINUE|END|HIERARCH)$/.test(name));
    fc.assert(
      fc.property(keyword, value, printable, (name, wanted, comment) => {
        const written = new FitsHeader().with(name, wanted, comment.trim());
        const [card] = FitsHeader.parse(Buffer.from(written.encode()).toString('latin1'), 'x').cards;
        const same =
          typeof wanted === 'bigint' && Number.isSafeInteger(Number(wanted)) ? Number(wanted) : wanted;
        // A string that ends in & would go on in the next card; none follows here.
        expect(card.value).toEqual(same);
        expect(card.keyword).toBe(name);
        for (const line of written.cards[0].lines) expect(line).toHaveLength(80);
      }),
    );
  });

  it('refuses what a header cannot hold', () => {
    expect(() => new FitsHeader().with('GAIN', Number.NaN)).toThrow('cannot hold NaN');
    expect(() => new FitsHeader().with('A=B', 1)).toThrow('is no keyword');
    expect(() => new FitsHeader().with('X'.repeat(60), 1)).toThrow('is no keyword');
  });
});
