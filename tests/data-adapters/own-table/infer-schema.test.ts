import { describe, expect, it } from 'vitest';
import { inferSchema, type SchemaHints } from '../../../data-adapters/own-table/infer-schema.ts';
import { sampleOf, weyl } from './own-table.ts';

/** 200 rows with a trap of every kind; `ill` is the target. */
const traps = sampleOf(200, {
  id: (i) => i + 1,
  patient_id: (i) => `p${i % 60}`,
  age: (i) => (i % 11 === 0 ? 'NA' : (40 + 40 * weyl(i)).toFixed(1)),
  ward: (i) => ['north', 'south', 'east'][Math.floor(3 * weyl(i, 0.37))],
  zip: (i) => ['01234', '00456', '99999'][Math.floor(3 * weyl(i, 0.71))],
  admitted: (i) => `2023-0${1 + (i % 9)}-1${i % 10}`,
  compact: (i) => `202301${10 + Math.floor(19 * weyl(i, 0.93))}`,
  constant: () => 'x',
  nothing: () => '',
  notes: (i) => `a long story of patient ${i}, told in words`,
  copy: (i) => (weyl(i, 0.770135) < 0.3 ? 'yes' : 'no'),
  renamed: (i) => (weyl(i, 0.770135) < 0.3 ? 'sick' : 'well'),
  threshold: (i) => weyl(i, 0.770135).toFixed(12),
  dose: (i) => (i % 5 === 0 ? -999 : (5 + weyl(i, 0.11)).toFixed(3)),
  ill: (i) => (weyl(i, 0.770135) < 0.3 ? 'yes' : 'no'),
});
const infer = (hints: SchemaHints = {}) => inferSchema(traps, { target: 'ill', ...hints }, 'traps.csv');
const kindsOf = (hints?: SchemaHints) =>
  Object.fromEntries(infer(hints).schema.columns.map(({ name, kind }) => [name, kind]));

describe('inferSchema', () => {
  it('tells what each column is', () => {
    expect(kindsOf()).toEqual({
      id: 'ignore',
      patient_id: 'ignore',
      age: 'number',
      ward: 'category',
      zip: 'category',
      admitted: 'date',
      compact: 'date',
      constant: 'ignore',
      nothing: 'ignore',
      notes: 'ignore',
      copy: 'ignore',
      renamed: 'ignore',
      threshold: 'ignore',
      dose: 'number',
    });
  });

  it('takes a classification with the class to be found last', () => {
    expect(infer().schema).toMatchObject({
      target: 'ill',
      task: 'classification',
      classes: ['no', 'yes'],
      group: '',
    });
    expect(infer({ positive: 'no' }).schema.classes).toEqual(['yes', 'no']);
  });

  it.each([
    [/^copy gives the target away \(a copy of the target\)/],
    [/^renamed gives the target away \(tells the class without an error\)/],
    [/^threshold gives the target away \(tells the class without an error, by a threshold\)/],
    [/^age is missing in 9\.5 % of the rows/],
    [/^constant: one value throughout/],
    [/^nothing: all values are missing/],
    [/^notes: free text, 200 different/],
    [/^dose: does -999 stand for a missing value\? --missing -999 says so/],
    [/^rows may belong together by patient_id/],
  ])('warns: %s', (line) => {
    expect(infer().warnings.filter((warning) => line.test(warning))).toHaveLength(1);
  });

  it('lets everything be overridden', () => {
    const kinds = { category: ['age'], number: ['threshold'], ignore: ['ward'], date: ['admitted'] };
    expect(kindsOf({ kinds })).toMatchObject({
      age: 'category',
      threshold: 'number',
      ward: 'ignore',
      admitted: 'date',
    });
    const { schema, warnings } = infer({ group: 'patient_id', kinds });
    expect(schema.group).toBe('patient_id');
    expect(schema.columns.map(({ name }) => name)).not.toContain('patient_id');
    expect(warnings.find((line) => line.startsWith('threshold'))).toContain(
      'kept because you named its kind',
    );
  });

  it('counts rows without a target and copies of rows, and names a rare class', () => {
    const rare = sampleOf(300, {
      x: (i) => weyl(i % 290).toFixed(6),
      y: (i) => (i % 290 < 20 ? 'a' : i % 290 < 40 ? '' : 'b'),
    });
    const { warnings } = inferSchema(rare, { target: 'y' }, 'rare.csv');
    // Rows 290 to 299 repeat the first ten: 20 + 10 of a, 20 without, 250 of b.
    expect(warnings).toContain('20 rows without y are left out');
    expect(warnings).toContain('10 rows are copies of others; copies stay on one side of the split');
    const rarer = sampleOf(300, { x: (i) => weyl(i).toFixed(6), y: (i) => (i < 20 ? 'a' : 'b') });
    expect(inferSchema(rarer, { target: 'y' }, 'rare.csv').warnings[0]).toContain(
      'class a is rare: 6.7 % of the rows',
    );
  });

  it.each([
    ['whole numbers of few values', (i: number) => i % 3, 'classification'],
    ['whole numbers of many', (i: number) => i, 'regression'],
    ['fractions', (i: number) => (i % 4) + 0.5, 'regression'],
    ['words', (i: number) => ['u', 'v'][i % 2], 'classification'],
  ])('takes %s for what they are', (_, y, task) => {
    const table = sampleOf(200, { x: (i) => weyl(i).toFixed(5), y });
    expect(inferSchema(table, { target: 'y' }, 't.csv').schema.task).toBe(task);
  });

  it('finds the target in other units, and in another order only where there is none', () => {
    const table = sampleOf(100, {
      x: (i) => weyl(i, 0.2).toFixed(5),
      kelvin: (i) => (273.15 + 100 * weyl(i)).toFixed(8),
      squared: (i) => (weyl(i) ** 2).toFixed(10),
      celsius: (i) => (100 * weyl(i)).toFixed(8),
    });
    const { warnings } = inferSchema(table, { target: 'celsius' }, 't.csv');
    expect(warnings.slice(0, 2).map((line) => line.replace(/, and is.*/, ''))).toEqual([
      'kelvin gives the target away (the target in other units)',
      'squared gives the target away (orders the rows as the target does)',
    ]);
  });
});

describe('what cannot be learnt', () => {
  const words = (i: number) => ['u', 'v'][i % 2];
  const x = (i: number) => weyl(i).toFixed(5);
  it.each([
    [
      'no target is named',
      { x, y: words },
      {},
      't.csv: no column is named that is to be predicted; --target y is the likeliest of x, y',
    ],
    [
      'it is not there',
      { x, yield: words },
      { target: 'yeild' },
      'no column yeild (--target); did you mean yield?',
    ],
    ['it is constant', { x, y: () => 3 }, { target: 'y' }, 'column y: has one value throughout (3)'],
    ['it is all missing', { x, y: () => '' }, { target: 'y' }, 'column y: all values are missing'],
    [
      'a class is too rare',
      { x, y: (i: number) => (i < 3 ? 'w' : words(i)) },
      { target: 'y' },
      'class "w" has 3 rows, and 10 are the least; leave it out by --classes u,v',
    ],
    [
      'it is free text',
      { x, y: (i: number) => `word ${i}` },
      { target: 'y' },
      'column y: is free text, or names its rows',
    ],
    [
      'it is no number',
      { x, y: words },
      { target: 'y', task: 'regression' as const },
      'row 1 has "u", which is no number; predict a class by --task classification',
    ],
    ['a class is not there', { x, y: words }, { target: 'y', positive: 'w' }, 'no value "w" (--positive)'],
    [
      'a column is said to be what it is not',
      { x, y: words, z: words },
      { target: 'y', kinds: { number: ['z'] } },
      'column z: row 1 has "u", which is no number',
    ],
    [
      'a column is said to be two things',
      { x, y: words },
      { target: 'y', kinds: { number: ['x'], category: ['x'] } },
      'x is said to be number and category',
    ],
    [
      'nothing is left',
      { x: () => 1, y: words },
      { target: 'y' },
      'no column is left to predict from; x: one value throughout',
    ],
    [
      'the group is the target',
      { x, y: words },
      { target: 'y', group: 'y' },
      'y is the target and the group',
    ],
    [
      'three classes have a positive one',
      { x, y: (i: number) => 'abc'[i % 3] },
      { target: 'y', positive: 'a' },
      'has 3 classes, and no positive one',
    ],
  ])('%s', (_, columns, hints, message) => {
    expect(() => inferSchema(sampleOf(100, columns), hints, 't.csv')).toThrow(message);
  });

  it('a table without rows of its own length', () => {
    const empty = { ...sampleOf(0, { x, y: words }), uneven: 4 };
    expect(() => inferSchema(empty, { target: 'y' }, 't.csv')).toThrow(
      'no row has as many cells as there are columns',
    );
  });
});
