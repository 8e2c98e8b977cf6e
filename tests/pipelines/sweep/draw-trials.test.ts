import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawTrials } from '../../../pipelines/sweep/draw-trials.ts';
import { parseParameter } from '../../../pipelines/sweep/parameter.ts';
import { mostDimensions, sobolPoints } from '../../../pipelines/sweep/sobol.ts';

const plain = (dimensions: number): number[] => new Array(dimensions).fill(0);

describe('Sobol points', () => {
  it('are those of scipy.stats.qmc.Sobol(6, scramble=False).random(8)', () => {
    expect(sobolPoints(8, plain(6))).toEqual([
      [0, 0, 0, 0, 0, 0],
      [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25, 0.25, 0.75, 0.75],
      [0.25, 0.75, 0.75, 0.75, 0.25, 0.25],
      [0.375, 0.375, 0.625, 0.875, 0.375, 0.125],
      [0.875, 0.875, 0.125, 0.375, 0.875, 0.625],
      [0.625, 0.125, 0.875, 0.625, 0.625, 0.875],
      [0.125, 0.625, 0.375, 0.125, 0.125, 0.375],
    ]);
  });

  it('are those of scipy at index 1000 in all dimensions', () => {
    expect(sobolPoints(1001, plain(mostDimensions))[1000]).toEqual([
      0.2197265625, 0.0966796875, 0.5185546875, 0.6767578125, 0.2802734375, 0.9072265625, 0.0458984375,
      0.8994140625, 0.5009765625, 0.0693359375, 0.0849609375, 0.2548828125, 0.1611328125, 0.3837890625,
      0.1435546875, 0.3701171875, 0.7197265625, 0.3447265625, 0.9912109375, 0.7255859375, 0.5224609375,
      0.5498046875, 0.9501953125, 0.5400390625, 0.5830078125, 0.9072265625, 0.0400390625, 0.9794921875,
      0.0595703125, 0.3408203125, 0.1474609375, 0.1455078125,
    ]);
  });

  it('fall once into each of 2^k equal parts of every axis, shifted or not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 1, max: 7 }), (shift, k) => {
        const points = sobolPoints(2 ** k, new Array(mostDimensions).fill(shift));
        for (let d = 0; d < mostDimensions; d++) {
          expect(new Set(points.map((point) => Math.floor(point[d] * 2 ** k))).size).toBe(2 ** k);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are refused beyond the direction numbers', () => {
    expect(() => sobolPoints(1, plain(mostDimensions + 1))).toThrow(RangeError);
  });
});

const parameters = ['a=log:1e-4..1e-1', 'b=int:1..8', 'c=x,y,z'].map(parseParameter);

describe('drawTrials', () => {
  it('of a grid has every combination, the first parameter slowest', () => {
    const grid = drawTrials('grid', ['a=1,2', 'b=x,y,z'].map(parseParameter), undefined, 1);
    expect(grid).toEqual([
      { a: 1, b: 'x' },
      { a: 1, b: 'y' },
      { a: 1, b: 'z' },
      { a: 2, b: 'x' },
      { a: 2, b: 'y' },
      { a: 2, b: 'z' },
    ]);
  });

  it('depends on the seed alone, and a longer sweep begins with a shorter one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('random' as const, 'sobol' as const),
        fc.nat(),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 20 }),
        (strategy, seed, trials, more) => {
          const long = drawTrials(strategy, parameters, trials + more, seed);
          expect(drawTrials(strategy, parameters, trials, seed)).toEqual(long.slice(0, trials));
          expect(drawTrials(strategy, parameters, trials, seed + 1)).not.toEqual(long.slice(0, trials));
        },
      ),
    );
  });

  it('gives a parameter the same random values whatever stands beside it', () => {
    const alone = drawTrials('random', [parameters[0]], 5, 3);
    expect(drawTrials('random', parameters, 5, 3).map(({ a }) => a)).toEqual(alone.map(({ a }) => a));
  });

  it.each([
    ['grid', 2, 'the grid has'],
    ['random', undefined, 'how many trials?; add --trials 20'],
    ['sobol', undefined, 'how many trials?'],
  ] as const)('%s with %j trials is refused', (strategy, trials, message) => {
    const lists = ['a=1,2', 'b=1,2'].map(parseParameter);
    expect(() => drawTrials(strategy, lists, trials, 1)).toThrow(message);
  });

  it('wants a number of points for a range in a grid', () => {
    expect(() => drawTrials('grid', parameters, undefined, 1)).toThrow('write log:1e-4..1e-1/5');
  });
});
