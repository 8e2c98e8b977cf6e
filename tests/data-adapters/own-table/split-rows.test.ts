import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { splitRows } from '../../../data-adapters/own-table/split-rows.ts';

const shares = { training: 0.6, validation: 0.2, by: 'random' as const };

describe('splitRows', () => {
  it('puts every row in one split, and rows of a group in the same', () => {
    const groups = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(groups, fc.integer(), (of, seed) => {
        const splits = splitRows({ ...shares, groups: of, random: new RandomStream(seed) });
        const owner = new Map<number, string>();
        for (const [name, rows] of Object.entries(splits)) {
          for (const row of rows)
            expect(owner.has(row) || owner.set(row, name).get(row) !== name).toBe(false);
        }
        expect(owner.size).toBe(of.length);
        of.forEach((group, row) => {
          expect(owner.get(row)).toBe(owner.get(of.indexOf(group)));
        });
      }),
    );
  });

  it('divides each class by the shares', () => {
    const classes = Array.from({ length: 200 }, (_, row) => Number(row < 20));
    const splits = splitRows({
      ...shares,
      groups: classes.map((_, row) => row),
      classes,
      random: new RandomStream(1),
    });
    const rare = Object.values(splits).map((rows) => rows.filter((row) => row < 20).length);
    expect([Object.values(splits).map(({ length }) => length), rare]).toEqual([
      [120, 40, 40],
      [12, 4, 4],
    ]);
  });

  it('keeps the order of the file where that is asked for', () => {
    const groups = Array.from({ length: 10 }, (_, row) => row);
    const { train, validation, test } = splitRows({
      ...shares,
      by: 'order',
      groups,
      random: new RandomStream(1),
    });
    expect([[...train], [...validation], [...test]]).toEqual([
      [0, 1, 2, 3, 4, 5],
      [6, 7],
      [8, 9],
    ]);
  });
});
