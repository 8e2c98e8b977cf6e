import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../../data-adapters/expressions/index.ts';

const columns = {
  pt: Float64Array.of(1, -2.5, 40, Number.NaN),
  eta: Float32Array.of(0.5, 3, -1, 0),
  'jet_pt[0]': Float64Array.of(7, 8, 9, 10),
};
const known = Object.keys(columns);
const rows = (text: string): number[] => [...compileExpression(text, known).evaluate(columns, 4)];
const first = (text: string): number => rows(text)[0];

/** A random expression in our notation and the same in JavaScript's. */
const pairs = fc.letrec<{ tree: { ours: string; javaScript: string } }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    fc.oneof(
      fc.double({ min: 0, max: 100, noNaN: true }).map((n) => ({ ours: `${n}`, javaScript: `${n}` })),
      fc.constantFrom('x', 'y', 'z').map((n) => ({ ours: n, javaScript: n })),
      fc.constant({ ours: 'pi', javaScript: 'Math.PI' }),
    ),
    fc
      .tuple(
        fc.constantFrom('+', '-', '*', '/', '<', '<=', '>', '>=', '&&', '||'),
        tie('tree'),
        tie('tree'),
        fc.boolean(),
      )
      .map(([operator, a, b, spaced]) => {
        const truth = operator === '&&' || operator === '||';
        const javaScript = truth ? `(!!(${a.javaScript}) ${operator} !!(${b.javaScript}))` : '';
        const gap = spaced ? ' ' : '';
        return {
          ours: `(${a.ours}${gap}${operator}${gap}${b.ours})`,
          javaScript: `(+${truth ? javaScript : `((${a.javaScript}) ${operator} (${b.javaScript}))`})`,
        };
      }),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => ({
      ours: `((${a.ours})^(${b.ours}))`,
      javaScript: `((${a.javaScript}) ** (${b.javaScript}))`,
    })),
    fc.tuple(fc.constantFrom('-', '!'), tie('tree')).map(([operator, a]) => ({
      ours: `(${operator}(${a.ours}))`,
      javaScript: operator === '-' ? `(-(${a.javaScript}))` : `(+!(${a.javaScript}))`,
    })),
    fc
      .tuple(
        fc.constantFrom('abs', 'sqrt', 'exp', 'log', 'log10', 'sin', 'cos', 'tan', 'cosh', 'sinh'),
        tie('tree'),
      )
      .map(([name, a]) => ({ ours: `${name}(${a.ours})`, javaScript: `Math.${name}(${a.javaScript})` })),
    fc
      .tuple(fc.constantFrom('atan2', 'min', 'max', 'pow', 'hypot'), tie('tree'), tie('tree'))
      .map(([name, a, b]) => ({
        ours: `${name}(${a.ours}, ${b.ours})`,
        javaScript: `Math.${name}(${a.javaScript}, ${b.javaScript})`,
      })),
  ),
})).tree;

describe('expressions', () => {
  it('agree with JavaScript', () => {
    const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(pairs, number, number, number, ({ ours, javaScript }, x, y, z) => {
        const reference = new Function('x', 'y', 'z', `return ${javaScript};`) as (
          ...values: number[]
        ) => number;
        const data = { x: Float64Array.of(x), y: Float64Array.of(y), z: Float64Array.of(z) };
        const [value] = compileExpression(ours, ['x', 'y', 'z']).evaluate(data, 1);
        expect(value + 0).toBe(Number(reference(x, y, z)) + 0);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['2^3^2', 512],
    ['-2^2', -4],
    ['2^-1', 0.5],
    ['2**3', 8],
    ['1 - 2 - 3', -4],
    ['8/4/2', 1],
    ['1 + 2*3 < 8 && !(2 > 3) || 0', 1],
    ['1 < 2 == 1', 1],
    ['!0 + 1', 2],
    ['1e-3*1E3', 1],
    ['.5 + 1.', 1.5],
    ['hypot(3, 4, 12)', 13],
    ['`jet_pt[0]` + jet_pt[0]', 14],
  ])('%s is %d', (text, value) => {
    expect(first(text)).toBe(value);
  });

  it('read columns of both kinds row by row, and a missing value fails every comparison', () => {
    expect(rows('pt > 0 && abs(eta) < 2.5')).toEqual([1, 0, 1, 0]);
    expect(rows('missing(pt)')).toEqual([0, 0, 0, 1]);
    expect(rows('pt != 1')).toEqual([0, 1, 1, 0]);
    expect(compileExpression('eta*pt + eta', known).columns).toEqual(['eta', 'pt']);
  });

  it.each([
    ['ptt > 3', 'expression "ptt > 3": there is no column ptt (position 1); did you mean pt?'],
    ['1 + nothing', 'there is no column nothing (position 5); there are pt, eta, jet_pt[0]'],
    ['sqtr(pt)', 'there is no function sqtr (position 1); did you mean sqrt?'],
    ['pt +', 'it ends too early at position 5'],
    ['', 'it is empty at position 1'],
    ['(pt', 'it ends too early at position 4'],
    ['pt eta', 'unexpected "eta" at position 4'],
    ['pt > 3 ; eta', 'unexpected ";" at position 8'],
    ['pt = 3', 'unexpected "=" at position 4'],
    ['atan2(pt)', 'atan2 takes 2 arguments, got 1, at position 1'],
    ['constructor', 'there is no column constructor'],
    ['constructor(1)', 'there is no function constructor'],
    ['pt.__proto__', 'there is no column pt.__proto__'],
    [`${'('.repeat(300)}1${')'.repeat(300)}`, 'nested too deeply'],
  ])('refuse %s', (text, message) => {
    expect(() => compileExpression(text, known)).toThrow(message);
  });

  it('do not run what is written', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          compileExpression(text, known).evaluate(columns, 4);
        } catch (error) {
          expect((error as Error).name).toBe('UserError');
          expect((error as Error).message).not.toContain('\n');
        }
      }),
    );
  });
});
