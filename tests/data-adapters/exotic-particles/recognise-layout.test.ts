import { describe, expect, it } from 'vitest';
import { fittingLayout, recogniseLayout } from '../../../data-adapters/exotic-particles/recognise-layout.ts';

const layouts = [
  { name: 'pair', required: ['label', 'x'], fileColumns: ['label', 'x'] },
  { name: 'named', required: ['Label', 'Weight'] },
];
const unnamed = (count: number): string[] => Array.from({ length: count }, (_, i) => `column_${i + 1}`);

describe('recogniseLayout', () => {
  it('goes by the number of columns where they have no names', () => {
    expect(fittingLayout(unnamed(2), layouts)?.layout.name).toBe('pair');
    expect(fittingLayout(unnamed(3), layouts)).toBeUndefined();
  });

  it('goes by the names where there are some, in any order and among others', () => {
    expect(fittingLayout(['Weight', 'other', 'Label'], layouts)?.layout.name).toBe('named');
    expect(fittingLayout(['x', 'label'], layouts)?.layout.name).toBe('pair');
    expect(fittingLayout(['x', 'y'], layouts)).toBeUndefined();
  });

  it('takes other spellings, and says which the table has', () => {
    const found = fittingLayout(['class_label', 'X'], layouts)!;
    expect(['label', 'x', 'observer'].map(found.nameOf)).toEqual(['class_label', 'X', 'observer']);
    expect(fittingLayout(['label', 'X', 'x_'], layouts)).toBeUndefined();
  });

  it('says what it knows when nothing fits', () => {
    expect(() => recogniseLayout(['a', 'b', 'c', 'd'], layouts, 'events.csv')).toThrow(
      'events.csv: has 4 columns: a, b, c, ...: none of the known searches (pair: 2 columns, label, x, ...; named: Label, Weight, ...); name its columns by source.search=table, source.low, source.high and source.label',
    );
  });
});
