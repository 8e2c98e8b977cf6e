// The grammar of cuts and derived variables, by recursive descent. It holds what TCut strings mostly hold and nothing
// that could run code: numbers, columns, operators and a fixed list of functions. From weak to strong:
//   ||   &&   == !=   < <= > >=   + -   * /   - + ! (before a value)   ^ ** (from the right: 2^3^2 = 2^9, -2^2 = -4)
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import { functions } from './functions.ts';
import { syntaxError, type Token, tokens } from './tokens.ts';

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string; readonly position: number }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly value: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly values: readonly Expression[] };

const levels = [['||'], ['&&'], ['==', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', '/']] as const;

/** Brackets, signs and powers within each other at most; beyond it no person wrote the text. */
const deepest = 200;

class Parser {
  private readonly words: Token[];
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {
    this.words = tokens(text);
  }

  whole(): Expression {
    if (this.words.length === 1) throw syntaxError(this.text, 'it is empty', 1);
    const found = this.level(0);
    if (this.next.kind !== 'end') throw this.unexpected();
    return found;
  }

  private get next(): Token {
    return this.words[this.at];
  }

  private unexpected(): UserError {
    const { kind, text, position } = this.next;
    const what = kind === 'end' ? 'it ends too early' : `unexpected ${JSON.stringify(text)}`;
    return syntaxError(this.text, what, position);
  }

  private take(...operators: readonly string[]): string | undefined {
    const { kind, text } = this.next;
    if (kind !== 'operator' || !operators.includes(text)) return undefined;
    this.at += 1;
    return text;
  }

  private expect(operator: string): void {
    if (this.take(operator) === undefined) throw this.unexpected();
  }

  private level(level: number): Expression {
    if (level === levels.length) return this.unary();
    let left = this.level(level + 1);
    for (;;) {
      const operator = this.take(...levels[level]);
      if (operator === undefined) return left;
      left = { kind: 'binary', operator, left, right: this.level(level + 1) };
    }
  }

  private unary(): Expression {
    this.depth += 1;
    if (this.depth > deepest) throw syntaxError(this.text, 'it is nested too deeply', this.next.position);
    const operator = this.take('-', '!', '+');
    const value = operator === undefined ? this.power() : this.unary();
    this.depth -= 1;
    return operator === '-' || operator === '!' ? { kind: 'unary', operator, value } : value;
  }

  private power(): Expression {
    const left = this.primary();
    if (this.take('^', '**') === undefined) return left;
    return { kind: 'binary', operator: '^', left, right: this.unary() };
  }

  private primary(): Expression {
    const word = this.next;
    if (word.kind === 'number') {
      this.at += 1;
      return { kind: 'number', value: Number(word.text) };
    }
    if (word.kind === 'name') {
      this.at += 1;
      if (this.take('(') !== undefined) return this.call(word);
      return { kind: 'name', name: word.text, position: word.position };
    }
    this.expect('(');
    const inside = this.level(0);
    this.expect(')');
    return inside;
  }

  private call({ text: name, position }: Token): Expression {
    const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (known === undefined) {
      const near = nearest(name, Object.keys(functions));
      throw new UserError({
        what: `there is no function ${name} (position ${position})`,
        where: `expression "${this.text}"`,
        how:
          near.length > 0
            ? `did you mean ${near.join(' or ')}?`
            : `there are ${Object.keys(functions).join(', ')}`,
      });
    }
    const values: Expression[] = [];
    if (this.take(')') === undefined) {
      do values.push(this.level(0));
      while (this.take(',') !== undefined);
      this.expect(')');
    }
    if (values.length < known.least || values.length > known.most) {
      const wanted = known.most === known.least ? `${known.least}` : `at least ${known.least}`;
      const noun = known.least === 1 ? 'argument' : 'arguments';
      throw syntaxError(this.text, `${name} takes ${wanted} ${noun}, got ${values.length},`, position);
    }
    return { kind: 'call', name, values };
  }
}

/** Parses an expression. @throws UserError with the position of what is wrong */
export function parseExpression(text: string): Expression {
  return new Parser(text).whole();
}
