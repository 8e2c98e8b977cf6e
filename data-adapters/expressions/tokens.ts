// The words of an expression: numbers, names, operators and brackets, each with its place for messages.
import { UserError } from '../../core/errors.ts';

export interface Token {
  readonly kind: 'number' | 'name' | 'operator' | 'end';
  readonly text: string;
  /** Place of the first character, from 1. */
  readonly position: number;
}

/**
 * One word: a decimal number; a name (letters, digits, `_`, and `.` or `[3]` within, as jagged branches are called), or
 * any column's name in backquotes; an operator.
 */
const word =
  /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|`([^`]+)`|([A-Za-z_][\w.]*(?:\[\d+\])*)|(\*\*|<=|>=|==|!=|&&|\|\||[-+*/^<>!(),]))/y;

/** The error for a text that is no expression. @param position from 1 */
export function syntaxError(text: string, what: string, position: number): UserError {
  return new UserError({
    what: `${what} at position ${position}`,
    where: `expression "${text}"`,
    how: 'write it like sqrt(pt1^2 + pt2^2) > 40 && abs(eta) < 2.5',
  });
}

/** The words of `text`, the last of kind `end`. @throws UserError at a character that begins no word */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  const length = text.trimEnd().length;
  word.lastIndex = 0;
  for (let at = 0; at < length; at = word.lastIndex) {
    word.lastIndex = at;
    const match = word.exec(text);
    if (match === null) {
      const place = at + /^\s*/.exec(text.slice(at))![0].length;
      throw syntaxError(text, `unexpected ${JSON.stringify(text[place])}`, place + 1);
    }
    const [all, number, quoted, name, operator] = match;
    const content = number ?? quoted ?? name ?? operator;
    const kind = number !== undefined ? 'number' : operator !== undefined ? 'operator' : 'name';
    const shown = quoted === undefined ? content : `\`${quoted}\``;
    found.push({ kind, text: content, position: at + all.length - shown.length + 1 });
  }
  found.push({ kind: 'end', text: '', position: length + 1 });
  return found;
}
