import { describe, expect, it } from 'vitest';
import { daysOf, isMissing, numberOf } from '../../../data-adapters/own-table/cell-values.ts';

describe('cells', () => {
  it.each([
    ['1970-01-01', 0],
    ['1970-01-02T12:00', 1.5],
    ['2024-02-29', 19_782], // date -u -d 2024-02-29 +%s, / 86400
    ['20240229', 19_782],
    ['2024/2/29 06:00:00Z', 19_782.25],
    ['2023-02-29', undefined],
    ['2024-13-01', undefined],
    ['12345678', undefined],
    ['soon', undefined],
  ])('%s is day %s', (cell, days) => {
    expect(daysOf(cell)).toBe(days);
  });

  it('are numbers as people write them, infinite ones aside', () => {
    expect(['1', '-2.5e3', '.5', 'TRUE', 'false'].map(numberOf)).toEqual([1, -2500, 0.5, 1, 0]);
    expect(['inf', 'nan', '1,5', '', '1 000', 'x'].map(numberOf)).toEqual(new Array(6).fill(undefined));
  });

  it('are missing by the usual words', () => {
    expect(['', 'NA', 'n/a', 'NaN', 'NULL', 'None', '?'].every(isMissing)).toBe(true);
    expect(['0', 'no', 'nano', '-1'].some(isMissing)).toBe(false);
  });
});
