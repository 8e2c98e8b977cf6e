// A FITS header: its cards in order, looked up by keyword. It does not change; the methods that edit give a new one, and
// a card that is not edited is written back byte for byte.
import { type Card, type CardValue, lineLength, parseCards, valueField } from './card.ts';
import { damaged, quoted } from './fits-error.ts';
import { printable, textCards, valueCard } from './format-card.ts';

/** Bytes of a block: headers and data take whole ones. */
export const blockBytes = 2880;

/** A header. */
export class FitsHeader {
  private readonly places = new Map<string, number>();

  constructor(
    readonly cards: readonly Card[] = [],
    /** How errors call it. */
    readonly where = 'header',
  ) {
    cards.forEach(({ keyword }, i) => {
      if (!this.places.has(keyword)) this.places.set(keyword, i);
    });
  }

  /** Reads lines of 80 characters, without END. */
  static parse(text: string, where: string): FitsHeader {
    const lines = Array.from({ length: Math.ceil(text.length / lineLength) }, (_, i) =>
      text.slice(i * lineLength, (i + 1) * lineLength).padEnd(lineLength),
    );
    return new FitsHeader(parseCards(lines), where);
  }

  /** The first card of that keyword, in any case, with or without HIERARCH. */
  card(keyword: string): Card | undefined {
    const place = this.places.get(keyword.toUpperCase().replace(/^HIERARCH /, ''));
    return place === undefined ? undefined : this.cards[place];
  }

  has(keyword: string): boolean {
    return this.card(keyword) !== undefined;
  }

  get(keyword: string): CardValue {
    return this.card(keyword)?.value;
  }

  /** A number, also from an integer beyond 2^53; undefined when there is none. @throws UserError for anything else */
  number(keyword: string): number | undefined {
    const card = this.card(keyword);
    if (card === undefined || (card.value === undefined && valueField(card) === '')) return undefined;
    if (typeof card.value === 'number' || typeof card.value === 'bigint') return Number(card.value);
    throw damaged(this.where, `${card.keyword} is ${quoted(valueField(card))}, expected a number`);
  }

  /** A whole number from `least` on. @throws UserError for anything else; also when it is missing and has no default */
  integer(keyword: string, { least = 0, absent }: { least?: number; absent?: number } = {}): number {
    const value = this.number(keyword) ?? absent;
    if (value === undefined) throw damaged(this.where, `has no ${keyword}`);
    if (!Number.isSafeInteger(value) || value < least) {
      throw damaged(this.where, `${keyword} is ${value}, expected a whole number from ${least} on`);
    }
    return value;
  }

  /** A string; undefined when there is none or something else. */
  string(keyword: string): string | undefined {
    const value = this.get(keyword);
    return typeof value === 'string' ? value : undefined;
  }

  /** The texts of all cards of COMMENT or HISTORY, in order. */
  texts(keyword: 'COMMENT' | 'HISTORY'): string[] {
    return this.cards.filter((card) => card.keyword === keyword).map(({ comment }) => comment);
  }

  /** With that card in place of the first of its keyword, or at the end. A comment that is not given stays. */
  with(keyword: string, value: CardValue, comment = this.card(keyword)?.comment): FitsHeader {
    const card = valueCard(keyword.replace(/^HIERARCH /i, ''), value, comment);
    const place = this.places.get(card.keyword);
    return new FitsHeader(
      place === undefined ? [...this.cards, card] : this.cards.with(place, card),
      this.where,
    );
  }

  /** Without the cards of these keywords. */
  without(keywords: RegExp): FitsHeader {
    return new FitsHeader(
      this.cards.filter(({ keyword }) => !keywords.test(keyword)),
      this.where,
    );
  }

  /** With HISTORY cards at the end, as many as each text takes. */
  withHistory(...texts: readonly string[]): FitsHeader {
    return new FitsHeader(
      [...this.cards, ...texts.flatMap((text) => textCards('HISTORY', text))],
      this.where,
    );
  }

  /** Blocks of the file, END included. */
  encode(): Uint8Array {
    const lines = this.cards.flatMap((card) => card.lines.map(printable));
    const text = `${lines.join('')}${'END'.padEnd(lineLength)}`;
    const length = Math.ceil(text.length / blockBytes) * blockBytes;
    return Buffer.from(text.padEnd(length), 'latin1');
  }
}
