// Folds: every unit is tested on once, the others train and validate, and what belongs together stays together.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../core/random.ts';
import { splitNames } from '../../data-adapters/dataset.ts';
import { splitAt } from '../../data-adapters/folds.ts';
import { splitRows } from '../../data-adapters/own-table/split-rows.ts';
import { stratifiedSplits } from '../../data-adapters/phases-of-matter/splits.ts';

const folds = fc.integer({ min: 2, max: 8 });
const shares = { training: 0.64, validation: 0.16 };

/** Which fold tests each row, having checked that every row stands in one split of every fold. */
function testedBy(
  rows: number,
  count: number,
  split: (fold: number) => ReturnType<typeof splitRows>,
): number[] {
  const by = new Array<number>(rows).fill(-1);
  for (let fold = 0; fold < count; fold++) {
    const splits = split(fold);
    const all = splitNames.flatMap((name) => [...splits[name]]);
    expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i));
    for (const row of splits.test) {
      expect(by[row]).toBe(-1);
      by[row] = fold;
    }
  }
  expect(by).not.toContain(-1);
  return by;
}

describe('places', () => {
  it('are tested on in one fold; of the others the shares keep their proportion', () => {
    fc.assert(
      fc.property(folds, (count) => {
        const places = Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000);
        for (let fold = 0; fold < count; fold++) {
          const splits = places.map((place) => splitAt(place, shares, { folds: count, fold }));
          const tested = splits.filter((split) => split === 'test').length;
          const validated = splits.filter((split) => split === 'validation').length;
          // 1000 places are cut into equal stretches to within one at each end.
          expect(Math.abs(tested - 1000 / count)).toBeLessThanOrEqual(1);
          expect(Math.abs(validated - 0.2 * (1000 - tested))).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it('without folds are divided by shares alone', () => {
    expect([0, 0.639, 0.64, 0.79, 0.81, 0.99].map((place) => splitAt(place, shares))).toEqual([
      'train',
      'train',
      'validation',
      'validation',
      'test',
      'test',
    ]);
  });
});

describe('rows of a table', () => {
  it('stay with their group, are tested on once, and are evenly of each class', () => {
    fc.assert(
      fc.property(
        folds,
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 200, maxLength: 300 }),
        fc.constantFrom('random' as const, 'order' as const),
        (count, groups, by) => {
          const split = (fold: number) =>
            splitRows({ ...shares, groups, by, random: new RandomStream(4, 'split'), folds: count, fold });
          const tested = testedBy(groups.length, count, split);
          const foldOf = new Map<number, number>();
          groups.forEach((group, row) => {
            expect(foldOf.get(group) ?? tested[row]).toBe(tested[row]);
            foldOf.set(group, tested[row]);
          });
        },
      ),
      { numRuns: 20 },
    );
    const classes = Array.from({ length: 120 }, (_, row) => Number(row % 10 === 0));
    for (let fold = 0; fold < 4; fold++) {
      const groups = classes.map((_, row) => row);
      const random = new RandomStream(1);
      const { test } = splitRows({ ...shares, groups, classes, by: 'random', random, folds: 4, fold });
      // 12 rows of the rare class in 4 folds.
      expect(test.filter((row) => classes[row] === 1)).toHaveLength(3);
    }
  });

  it('that are fewer than folds are refused', () => {
    const random = new RandomStream(1);
    expect(() =>
      splitRows({ ...shares, groups: [0, 0, 1], by: 'random', random, folds: 3, fold: 0 }),
    ).toThrow('split.folds: 2 rows or groups of rows are too few for 3 folds; lower it');
  });
});

describe('lattices', () => {
  it('are tested on once, and each fold has its part of every temperature to within one', () => {
    fc.assert(
      fc.property(folds, fc.integer({ min: 1, max: 9 }), (count, temperatures) => {
        const each = 24;
        const all = Array.from({ length: temperatures * each }, (_, i) => i % temperatures);
        const split = (fold: number) =>
          stratifiedSplits(all, { train: 0.7, validation: 0.1, test: 0.2 }, new RandomStream(2), {
            folds: count,
            fold,
          });
        const tested = testedBy(all.length, count, split);
        for (let t = 0; t < temperatures; t++) {
          for (let fold = 0; fold < count; fold++) {
            const own = tested.filter((by, row) => by === fold && all[row] === t).length;
            expect(Math.abs(own - each / count)).toBeLessThan(1);
          }
        }
      }),
      { numRuns: 20 },
    );
    expect(() =>
      stratifiedSplits([1, 2], { train: 0.7, validation: 0.1, test: 0.2 }, new RandomStream(2), {
        folds: 3,
        fold: 0,
      }),
    ).toThrow('2 lattices are too few for 3 folds');
  });
});
