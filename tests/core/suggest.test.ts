import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../core/suggest.ts';

describe('editDistance', () => {
  // Worked examples of the textbook definitions; 'ca' -> 'abc' is 2 only in the unrestricted distance (3 otherwise).
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['trian', 'train', 1],
    ['ca', 'abc', 2],
    ['saturday', 'sunday', 3],
  ])('%s -> %s', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('is a metric', () => {
    const text = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });
});

describe('nearest', () => {
  const verbs = ['train', 'resume', 'evaluate', 'predict', 'report', 'export', 'prepare', 'devices'];

  it.each([
    ['trian', ['train']],
    ['Train', ['train']],
    ['eval', ['evaluate']],
    ['exprot', ['export']],
    ['xyzzy', []],
    ['', []],
  ])('%s', (name, expected) => {
    expect(nearest(name, verbs)).toEqual(expected);
  });

  it('puts the nearest first and keeps three at most', () => {
    expect(nearest('epoch', ['epochs', 'epoch', 'epic', 'each', 'depoch'])).toEqual([
      'epoch',
      'epochs',
      'depoch',
    ]);
  });

  it('takes keys with dots, and names of any length without delay', () => {
    expect(nearest('trainig.epochs', ['training.epochs', 'training.batchSize'])).toEqual(['training.epochs']);
    expect(nearest('a'.repeat(1e6), ['a'.repeat(1e6)])).toEqual([]);
  });
});
