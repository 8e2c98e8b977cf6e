// An expression as a function of columns. Truth is 1 and 0, and every number but 0 and NaN is true; a comparison with NaN
// (a missing value) is false. && and || look at their second side only when they must.
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import { constants, functions } from './functions.ts';
import { type Expression, parseExpression } from './parse.ts';

/** Numbers of one column, row by row. */
export type NumberArray = Float32Array | Float64Array;

/** An expression that is ready to run. */
export interface CompiledExpression {
  readonly text: string;
  /** Columns that it reads, in the order of their first mention. */
  readonly columns: readonly string[];
  /** Its value in rows 0 ... rows-1 of columns of at least that length. */
  evaluate(columns: Readonly<Record<string, NumberArray>>, rows: number): Float64Array;
}

type Cell = (row: number) => number;

const isTrue = (value: number): boolean => value !== 0 && !Number.isNaN(value);

const binary: Readonly<Record<string, (a: Cell, b: Cell) => Cell>> = {
  '+': (a, b) => (row) => a(row) + b(row),
  '-': (a, b) => (row) => a(row) - b(row),
  '*': (a, b) => (row) => a(row) * b(row),
  '/': (a, b) => (row) => a(row) / b(row),
  '^': (a, b) => (row) => a(row) ** b(row),
  '<': (a, b) => (row) => (a(row) < b(row) ? 1 : 0),
  '<=': (a, b) => (row) => (a(row) <= b(row) ? 1 : 0),
  '>': (a, b) => (row) => (a(row) > b(row) ? 1 : 0),
  '>=': (a, b) => (row) => (a(row) >= b(row) ? 1 : 0),
  '==': (a, b) => (row) => (a(row) === b(row) ? 1 : 0),
  '!=': (a, b) => (row) => {
    const [left, right] = [a(row), b(row)];
    return left < right || left > right ? 1 : 0;
  },
  '&&': (a, b) => (row) => (isTrue(a(row)) && isTrue(b(row)) ? 1 : 0),
  '||': (a, b) => (row) => (isTrue(a(row)) || isTrue(b(row)) ? 1 : 0),
};

function callCell(name: string, values: readonly Cell[]): Cell {
  const { call } = functions[name];
  const [a, b] = values;
  if (values.length === 1) return (row) => call(a(row));
  if (values.length === 2) return (row) => call(a(row), b(row));
  return (row) => call(...values.map((value) => value(row)));
}

/** The error for a name that is no column. */
function unknownName(text: string, name: string, position: number, known: readonly string[]): UserError {
  const near = nearest(name, [...known, ...Object.keys(constants)]);
  const some = `${known.slice(0, 12).join(', ')}${known.length > 12 ? `, and ${known.length - 12} more` : ''}`;
  return new UserError({
    what: `there is no column ${name} (position ${position})`,
    where: `expression "${text}"`,
    how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${some}`,
  });
}

/**
 * Parses an expression and binds it to the columns there are. A column hides the constant of its name (`pi`).
 *
 * @param known names that it may use
 * @throws UserError for a text that is no expression and for an unknown name, with near ones
 */
export function compileExpression(text: string, known: readonly string[]): CompiledExpression {
  const names: string[] = [];
  const bound: NumberArray[] = [];
  const cellOf = (part: Expression): Cell => {
    switch (part.kind) {
      case 'number': {
        const { value } = part;
        return () => value;
      }
      case 'name': {
        const { name, position } = part;
        if (!known.includes(name)) {
          if (!Object.hasOwn(constants, name)) throw unknownName(text, name, position, known);
          const value = constants[name];
          return () => value;
        }
        if (!names.includes(name)) names.push(name);
        const place = names.indexOf(name);
        return (row) => bound[place][row];
      }
      case 'unary': {
        const value = cellOf(part.value);
        return part.operator === '-' ? (row) => -value(row) : (row) => (isTrue(value(row)) ? 0 : 1);
      }
      case 'binary':
        return binary[part.operator](cellOf(part.left), cellOf(part.right));
      case 'call':
        return callCell(part.name, part.values.map(cellOf));
    }
  };
  const cell = cellOf(parseExpression(text));
  return {
    text,
    columns: names,
    evaluate(columns, rows) {
      names.forEach((name, place) => {
        bound[place] = columns[name];
      });
      const values = new Float64Array(rows);
      for (let row = 0; row < rows; row++) values[row] = cell(row);
      return values;
    },
  };
}

/** Whether a value of an expression counts as true: every number but 0 and NaN. */
export const holds = isTrue;
