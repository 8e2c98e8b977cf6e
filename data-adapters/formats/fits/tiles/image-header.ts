// The header of the image that a tile-compressed table holds (FITS standard 4.0, section 10.1.1): without what describes
// the table, and with ZBITPIX and ZNAXISn as BITPIX and NAXISn.
import type { Card, CardValue } from '../card.ts';
import { valueCard } from '../format-card.ts';
import { FitsHeader } from '../header.ts';

const ofTheTable =
  /^(XTENSION|SIMPLE|EXTEND|BITPIX|NAXIS\d*|PCOUNT|GCOUNT|TFIELDS|THEAP|CHECKSUM|DATASUM|(TTYPE|TFORM|TUNIT|TNULL|TSCAL|TZERO|TDISP|TDIM)\d+)$/;
const ofTheCompression =
  /^(ZIMAGE|ZSIMPLE|ZTENSION|ZEXTEND|ZBITPIX|ZNAXIS\d*|ZPCOUNT|ZGCOUNT|ZCMPTYPE|ZMASKCMP|ZQUANTIZ|ZDITHER0|ZSCALE|ZZERO|ZBLANK|ZBLOCKED|ZHECKSUM|ZDATASUM|(ZTILE|ZNAME|ZVAL)\d+)$/;

/** @throws UserError when ZBITPIX or an axis is missing or no number */
export function imageHeaderOf(table: FitsHeader): FitsHeader {
  const count = table.integer('ZNAXIS');
  const cards: Card[] = [];
  const add = (keyword: string, value: CardValue, from: string): void => {
    cards.push(valueCard(keyword, value, table.card(from)?.comment));
  };
  add('XTENSION', 'IMAGE', 'ZTENSION');
  add('BITPIX', table.integer('ZBITPIX', { least: -64 }), 'ZBITPIX');
  add('NAXIS', count, 'ZNAXIS');
  for (let n = 1; n <= Math.min(count, 999); n++) add(`NAXIS${n}`, table.integer(`ZNAXIS${n}`), `ZNAXIS${n}`);
  const kept = table.cards.filter(
    ({ keyword }) => !ofTheTable.test(keyword) && !ofTheCompression.test(keyword),
  );
  // Integers may have their empty value in ZBLANK only.
  const isWhole = table.integer('ZBITPIX', { least: -64 }) > 0;
  const blank = isWhole && table.get('BLANK') === undefined ? table.get('ZBLANK') : undefined;
  if (blank !== undefined) kept.push(valueCard('BLANK', blank));
  return new FitsHeader([...cards, ...kept], table.where);
}
