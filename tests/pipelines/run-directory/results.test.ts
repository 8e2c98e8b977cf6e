import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../domains/domain.ts';
import { makeResults } from '../../../pipelines/run-directory/results.ts';

const about = { domain: 'lines', preset: 'quick', seed: 3 } as const;
const how = { device: 'cpu', wallSeconds: 1.23456 };
const figure: Figure = { id: 'slope', label: 'slope', value: 2, low: 1.9, high: 2.1, level: 0.95 };

describe('makeResults', () => {
  it('has the shape that outsiders rely on', () => {
    const paper = { value: 2.05, error: 0.1 };
    const baselines = [{ id: 'mean', label: 'mean', value: 1, low: 0, high: 2 }];
    const figures = [{ ...figure, unit: 'm', n: 10, paper, exact: 2, baselines, note: 'Well.' }];
    expect(makeResults(about, how, figures)).toEqual({ ...about, device: 'cpu', wallSeconds: 1.23, figures });
  });

  it.each([
    ['a value that is no number', { ...figure, value: Number.NaN }, 'figure slope, value'],
    ['an infinite bound', { ...figure, high: Number.POSITIVE_INFINITY }, 'figure slope, high'],
    ['an id that is not kebab-case', { ...figure, id: 'The Slope' }, 'expected a kebab-case id'],
    ['a level that is no probability', { ...figure, level: 95 }, 'figure slope, level'],
  ])('refuses %s', (_, bad, message) => {
    expect(() => makeResults(about, how, [bad])).toThrow(message);
  });

  it('refuses the same id twice', () => {
    expect(() => makeResults(about, how, [figure, figure])).toThrow('figure slope stands twice');
  });
});
