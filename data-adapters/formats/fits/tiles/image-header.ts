// The header of the image that a tile-compressed table holds (FITS standard 4.0, section 10.1.1): without what describes
// the table, and with ZBITPIX and ZNAXISn as BITPIX and NAXISn.
import type { Card, CardValue } from '../card.ts';
import { valueCard } from '../format-card.ts';
import { FitsHeader } from '../header.ts';

const ofTheTable =
  /^(XTENSION|SIMPLE|EXTEND|BITPIX|NAXIS\d*|PCOUNT|GCOUNT|TFIELDS|THEAP|CHECKSUM|DATASUM|(TTYPE|TFORM|TUNIT|TNULL|TSCAL|TZERO|TDISP|TDIM)\d+)$/;
const ofTheCompression =
  /^(ZIMAGE|ZSIMPLE|ZTENSION|ZEXTEND|ZBITPIX|ZNAXIS\d*|ZPCOUNT|ZGCOUNT|ZCMPTYPE|ZMASKCMP|ZQUANTIZ|ZDITHER0|ZSCALE|ZZERO|ZBLANK|ZBLOCKED|ZHECKSUM|ZDATASUM|(ZTILE|ZNAME|ZVAL)\d+)$/;

/** @param bitpix ZBITPIX. @param axes ZNAXISn, the first axis first */
export function imageHeaderOf(table: FitsHeader, bitpix: number, axes: readonly number[]): FitsHeader {
  const cards: Card[] = [];
  const add = (keyword: string, value: CardValue, from: string): void => {
    cards.push(valueCard(keyword, value, table.card(from)?.comment));
  };
  add('XTENSION', 'IMAGE', 'ZTENSION');
  add('BITPIX', bitpix, 'ZBITPIX');
  add('NAXIS', axes.length, 'ZNAXIS');
  axes.forEach((size, d) => {
    add(`NAXIS${d + 1}`, size, `ZNAXIS${d + 1}`);
  });
  const kept = table.cards.filter(
    ({ keyword }) => !ofTheTable.test(keyword) && !ofTheCompression.test(keyword),
  );
  // Integers may have their empty value in ZBLANK only.
  const blank = bitpix > 0 && table.get('BLANK') === undefined ? table.get('ZBLANK') : undefined;
  if (blank !== undefined) kept.push(valueCard('BLANK', blank));
  return new FitsHeader([...cards, ...kept], table.where);
}
