// Writes cards: values in the fixed format of the FITS standard 4.0 (section 4.2), long keywords as HIERARCH, long
// strings over CONTINUE lines (4.2.1.2).
import { UserError } from '../../../core/errors.ts';
import { type Card, type CardValue, lineLength } from './card.ts';

/** Headers are of printable ASCII only. */
export const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');

const realText = (value: number): string => {
  const text = String(value).replace('e', 'E');
  return /[.E]/.test(text) || Number.isSafeInteger(value) ? text : `${text}.0`;
};

function unquotedText(value: Exclude<CardValue, string>, keyword: string): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (typeof value === 'bigint') return String(value);
  const numbers = typeof value === 'number' ? [value] : value;
  if (!numbers.every(Number.isFinite)) {
    throw new UserError({
      what: `the card ${keyword} cannot hold ${String(value)}`,
      how: 'FITS headers have finite numbers only: leave it undefined',
    });
  }
  return typeof value === 'number' ? realText(value) : `(${value.map(realText).join(', ')})`;
}

/** `KEYWORD = `, or `HIERARCH LONG KEYWORD = `. */
function prefixOf(keyword: string): string {
  if (/^[A-Z0-9_-]{1,8}$/.test(keyword)) return `${keyword.padEnd(8)}= `;
  const prefix = `HIERARCH ${printable(keyword)} = `;
  if (keyword.includes('=') || prefix.length > 60 || keyword.trim() === '') {
    throw new UserError({
      what: `'${keyword}' is no keyword of a FITS header`,
      how: 'use 1 to 48 characters without =',
    });
  }
  return prefix;
}

/** Pieces of at most `first` and then 67 characters that part no doubled quote. */
function pieces(text: string, first: number): string[] {
  const found: string[] = [];
  for (let at = 0, most = first; at < text.length || found.length === 0; most = 67) {
    let end = Math.min(text.length, at + most);
    const quotes = /'*$/.exec(text.slice(at, end))?.[0].length ?? 0;
    if (end < text.length && quotes % 2 === 1) end -= 1;
    found.push(text.slice(at, end));
    at = end;
  }
  return found;
}

function stringLines(prefix: string, value: string, comment: string): string[] {
  const text = printable(value).replace(/'/g, "''");
  const note = comment === '' ? '' : ` / ${comment}`;
  const whole = `${`${prefix}'${text.padEnd(8)}'`.padEnd(30)}${note}`;
  if (whole.length <= lineLength) return [whole];
  if (prefix.length + text.length + 2 <= lineLength && comment === '') return [`${prefix}'${text}'`];
  const parts = pieces(text, lineLength - prefix.length - 3);
  const lines = parts.map((part, i) => `${i === 0 ? prefix : 'CONTINUE  '}'${part}&'`);
  // The last line's & goes when no more follow; a comment gets lines of its own.
  const notes = comment.match(/.{1,60}(?:\s+|$)|.{1,60}/g) ?? [];
  if (notes.length === 0) return [...lines.slice(0, -1), lines.at(-1)!.replace(/&'$/, "'")];
  notes.forEach((part, i) => {
    lines.push(`CONTINUE  '${i === notes.length - 1 ? '' : '&'}' / ${part.trimEnd()}`);
  });
  return lines;
}

/**
 * A card with a value.
 *
 * @param keyword up to 8 of A-Z, 0-9, _ and -; anything else is written as HIERARCH
 * @throws UserError when the keyword is none or a number not finite
 */
export function valueCard(keyword: string, value: CardValue, comment = ''): Card {
  const name = keyword.toUpperCase();
  const prefix = prefixOf(name);
  const note = printable(comment);
  const lines =
    typeof value === 'string'
      ? stringLines(prefix, value, note)
      : [`${(prefix + unquotedText(value, name).padStart(20)).padEnd(30)}${note === '' ? '' : ` / ${note}`}`];
  return {
    keyword: name,
    value: typeof value === 'string' ? printable(value).trimEnd() : value,
    comment: note,
    lines: lines.map((line) => line.slice(0, lineLength).padEnd(lineLength)),
  };
}

/** COMMENT or HISTORY cards of 72 characters each. */
export function textCards(keyword: 'COMMENT' | 'HISTORY', text: string): Card[] {
  const parts = printable(text.replace(/\s*\n\s*/g, ' ')).match(/.{1,72}/g) ?? [''];
  return parts.map((part) => ({
    keyword,
    value: undefined,
    comment: part.trimEnd(),
    lines: [(keyword.padEnd(8) + part).padEnd(lineLength)],
  }));
}
