// One card of a FITS header: keyword, value and comment of 80 characters, or of several such lines when its string goes
// on (CONTINUE). FITS standard 4.0, section 4. Reading is lenient where files are sloppy; what is written is standard.

/** A value; `undefined` for none, a pair for a complex number, a bigint for an integer beyond 2^53. */
export type CardValue = string | number | bigint | boolean | readonly [number, number] | undefined;

/** A card. */
export interface Card {
  /** In upper case and without HIERARCH: `EXPTIME`, `ESO DET ID`, `HISTORY`, or empty. */
  readonly keyword: string;
  readonly value: CardValue;
  /** What follows the slash; of COMMENT, HISTORY and blank cards the text. */
  readonly comment: string;
  /** Its lines as they stand in a file, each of 80 characters. */
  readonly lines: readonly string[];
}

export const lineLength = 80;

const commentary = new Set(['COMMENT', 'HISTORY', '', 'CONTINUE', 'END']);
const integer = /^[+-]?\d+$/;
const real = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[EeDd][+-]?\d+)?$/;

const toNumber = (text: string): number => Number(text.replace(/[Dd]/, 'e'));

function unquotedValue(text: string): CardValue {
  if (text === 'T') return true;
  if (text === 'F') return false;
  const digits = text.replace(/^([+-]) +/, '$1');
  if (integer.test(digits)) {
    const value = Number(digits);
    return Number.isSafeInteger(value) ? value : BigInt(digits.replace('+', ''));
  }
  if (real.test(digits)) return toNumber(digits);
  const pair = /^\(([^,]*),([^,]*)\)$/
    .exec(text)
    ?.slice(1)
    .map((part) => part.trim());
  if (pair?.every((part) => real.test(part))) return [toNumber(pair[0]), toNumber(pair[1])];
  return undefined;
}

/** The value field: a quoted string up to its closing quote, or anything up to a slash. */
function parseField(field: string): { value: CardValue; comment: string } {
  const text = field.trimStart();
  const commentOf = (rest: string): string => {
    const slash = rest.indexOf('/');
    return slash < 0 ? '' : rest.slice(slash + 1).trim();
  };
  if (text.startsWith("'")) {
    const [whole, inside] = /^'((?:[^']|'')*)(?:'|$)/.exec(text) as RegExpExecArray;
    return { value: inside.replace(/''/g, "'").trimEnd(), comment: commentOf(text.slice(whole.length)) };
  }
  const slash = text.indexOf('/');
  const value = unquotedValue((slash < 0 ? text : text.slice(0, slash)).trim());
  return { value, comment: slash < 0 ? '' : commentOf(text) };
}

/** A card that stands in one line. */
function parseLine(line: string): Card {
  const keyword = line.slice(0, 8).trimEnd().toUpperCase();
  const lines = [line];
  if (keyword === 'HIERARCH') {
    const equals = line.indexOf('=');
    if (equals > 8) {
      const name = line.slice(8, equals).trim().replace(/\s+/g, ' ').toUpperCase();
      return { keyword: name, ...parseField(line.slice(equals + 1)), lines };
    }
  }
  if (commentary.has(keyword) || line[8] !== '=') {
    return { keyword, value: undefined, comment: line.slice(8).trimEnd(), lines };
  }
  return { keyword, ...parseField(line.slice(9)), lines };
}

/** The cards in lines of 80 characters; a string that ends in `&` goes on in the CONTINUE lines after it. */
export function parseCards(lines: readonly string[]): Card[] {
  const cards: Card[] = [];
  for (let i = 0; i < lines.length; i++) {
    let card = parseLine(lines[i]);
    while (
      typeof card.value === 'string' &&
      card.value.endsWith('&') &&
      lines[i + 1]?.startsWith('CONTINUE')
    ) {
      const { value, comment } = parseField(lines[i + 1].slice(8));
      if (typeof value !== 'string') break;
      i += 1;
      card = {
        keyword: card.keyword,
        value: card.value.slice(0, -1) + value,
        comment: [card.comment, comment].filter((text) => text !== '').join(' '),
        lines: [...card.lines, lines[i]],
      };
    }
    cards.push(card);
  }
  return cards;
}

/** What stands where the value of a card is, up to a slash; empty for a card that has no value. */
export function valueField({ keyword, lines: [line] }: Card): string {
  if (commentary.has(keyword)) return '';
  const equals = line.startsWith('HIERARCH') ? line.indexOf('=') : line[8] === '=' ? 8 : -1;
  return equals < 0
    ? ''
    : line
        .slice(equals + 1)
        .split('/')[0]
        .trim();
}
