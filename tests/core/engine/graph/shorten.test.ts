// A graph that was shortened computes the same numbers with fewer operators.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderedNodes } from '../../../../core/engine/graph/model.ts';
import { add, binary, matMul, multiply, reshape } from '../../../../core/engine/graph/operators.ts';
import { shorten } from '../../../../core/engine/graph/optimise/shorten.ts';
import { constant, int64, record, scalar, type Value } from '../../../../core/engine/graph/value.ts';
import { expectAgreement, grow, normal, run, shape, steps } from './random-graph.ts';

const input = (name: string, dims: readonly number[]): Value => ({
  input: name,
  shape: dims,
  dtype: 'float32',
});

const operatorsOf = (y: Value): string[] => orderedNodes([shorten({ y }).y]).map(({ op }) => op);

describe('shortening', () => {
  it('keeps the numbers of any graph', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (made) => {
        const x = input('x', shape);
        const y = input('state', shape);
        const values = grow([x, y], made);
        const outputs = { last: values[values.length - 1], middle: values[values.length >> 1] };
        const given = { x: [x, normal(shape, 'x')], state: [y, normal(shape, 'state')] } as const;
        const before = await run(outputs, given);
        const after = await run(shorten(outputs), given);
        expectAgreement(after.last, before.last);
        expectAgreement(after.middle, before.middle);
      }),
      { numRuns: 150, seed: 6 },
    );
  });

  const x = input('x', [2, 3, 4, 4]);
  const perChannel = input('b', [3]);

  it('does not spread out what it multiplies with', () => {
    const mean = reshape(perChannel, [1, 3, 1, 1]);
    const tiled = record('Tile', [mean, int64([2, 1, 4, 4])], {}, x.shape);
    const ones = constant(new Float32Array(96).fill(1), x.shape, 'float32');
    const y = multiply(x, multiply(tiled, ones));
    expect(operatorsOf(y)).toEqual(['Reshape', 'Mul', 'Mul']);
    const [, small] = orderedNodes([shorten({ y }).y]);
    expect(small.outputs[0].shape).toEqual([1, 3, 1, 1]);
  });

  it('does the same work once, and tells 0 from -0', () => {
    expect(operatorsOf(add(record('Tanh', [x]), record('Tanh', [x])))).toEqual(['Tanh', 'Add']);
    const over = (zero: number): Value => binary('Div', x, scalar(zero));
    expect(operatorsOf(add(over(0), over(0)))).toEqual(['Div', 'Add']);
    expect(operatorsOf(add(over(0), over(-0)))).toEqual(['Div', 'Div', 'Add']);
  });

  it('gives a convolution its bias, unless its output is wanted without', () => {
    const attributes = {
      kernel_shape: [1, 1],
      strides: [1, 1],
      pads: [0, 0, 0, 0],
      dilations: [1, 1],
      group: 1,
    };
    const y = record('Conv', [x, input('w', [3, 3, 1, 1])], attributes);
    const biased = add(y, reshape(perChannel, [1, 3, 1, 1]));
    expect(operatorsOf(biased)).toEqual(['Conv']);
    expect(operatorsOf(multiply(biased, y))).toEqual(['Conv', 'Reshape', 'Add', 'Mul']);
  });

  it('subtracts instead of adding what was negated', () => {
    expect(operatorsOf(add(x, record('Neg', [perChannel4])))).toEqual(['Sub']);
  });

  it('multiplies small factors first', () => {
    const y = multiply(multiply(x, perChannel4), scalar(3));
    const [first] = orderedNodes([shorten({ y }).y]);
    expect(first.outputs[0].shape).toEqual([1, 3, 1, 1]);
  });
});

describe('sums of products', () => {
  /** A sum of products a_k^T b_k and a matrix, added in the order of a random tree. */
  const sums = fc.record({
    terms: fc.array(fc.constantFrom('product', 'transposed', 'matrix'), { minLength: 2, maxLength: 12 }),
    joints: fc.infiniteStream(fc.nat()),
  });

  it('are one product, and the same numbers', async () => {
    await fc.assert(
      fc.asyncProperty(sums, async ({ terms, joints }) => {
        const fed: Record<string, readonly [Value, Float32Array]> = {};
        const feed = (dims: readonly number[]): Value => {
          const key = `m${Object.keys(fed).length}`;
          const value = input(key, dims);
          fed[key] = [value, normal(dims, key)];
          return value;
        };
        const values = terms.map((term) => {
          if (term === 'matrix') return feed([3, 4]);
          if (term === 'product') return matMul(feed([3, 2]), feed([2, 4]), false, false);
          return matMul(feed([5, 3]), feed([5, 4]), true, false);
        });
        while (values.length > 1) {
          const [a] = values.splice(joints.next().value % values.length, 1);
          const i = joints.next().value % values.length;
          values[i] = add(values[i], a);
        }
        const [y] = values;
        const before = await run({ y }, fed);
        const after = await run(shorten({ y }), fed);
        expectAgreement(after.y, before.y);
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  const products = (n: number): Value[] =>
    Array.from({ length: n }, (_, k) => matMul(input(`a${k}`, [5, 3]), input(`b${k}`, [5, 4]), true, false));
  const total = (values: readonly Value[]): Value => values.reduce((sum, value) => add(sum, value));

  it('are joined from four on, but not where one is wanted for itself', () => {
    expect(operatorsOf(total(products(4)))).toEqual(['Concat', 'Concat', 'Gemm']);
    expect(operatorsOf(total(products(3)))).toEqual(['Gemm', 'Gemm', 'Add', 'Gemm', 'Add']);
    const [first, ...others] = products(5);
    const y = multiply(total([first, ...others]), first);
    expect(operatorsOf(y).filter((op) => op === 'Gemm')).toHaveLength(2);
  });
});

const perChannel4 = input('c', [1, 3, 1, 1]);
