import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../domains/domain.ts';
import {
  bytesText,
  countText,
  durationText,
  estimateText,
  exactText,
  metricText,
  paperText,
} from '../../../pipelines/format/number-text.ts';

const figure = (value: number, low: number, high: number, more: Partial<Figure> = {}): Figure => ({
  id: 'a',
  label: 'a',
  level: 0.95,
  value,
  low,
  high,
  ...more,
});

describe('estimateText', () => {
  // Two significant digits of half the interval's width.
  it.each([
    [2.26884, 2.26412, 2.27391, '2.2688', '[2.2641, 2.2739]'],
    [0.94, 0.93, 0.95, '0.940', '[0.930, 0.950]'],
    [1234.5, 1100.2, 1399.9, '1235', '[1100, 1400]'],
    [1e-9, 0, 2e-9, '0.00000000', '[0.00000000, 0.00000000]'],
    [0.5, 0.5, 0.5, '0.5000', '[0.5000, 0.5000]'],
    [222384, 222384, 222384, '222384', '[222384, 222384]'],
    [-0.5, -0.6, -0.4, '-0.50', '[-0.60, -0.40]'],
  ])('%d in [%d, %d] is %s %s', (value, low, high, text, interval) => {
    expect(estimateText({ value, low, high })).toEqual({ value: text, interval });
  });
});

describe('paperText and exactText', () => {
  it('show the paper as it is written and the exact value a digit further than ours', () => {
    const both = figure(2.2688, 2.2642, 2.2739, {
      paper: { value: 2.266, error: 0.002 },
      exact: 2.269185314,
    });
    expect(paperText(both)).toBe('2.266 ± 0.002');
    expect(exactText(both)).toBe('2.26919');
    expect(exactText({ ...both, exact: 0.5 })).toBe('0.5');
    expect(paperText(figure(1, 0, 2, { paper: { value: 0.94 } }))).toBe('0.94');
    expect([paperText(figure(1, 0, 2)), exactText(figure(1, 0, 2))]).toEqual(['', '']);
  });
});

describe('other numbers', () => {
  it('tells sizes in decimal units', () => {
    expect([0, 1, 999, 4542, 11_594_722, 2_816_407_858, 5e15].map(bytesText)).toEqual([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '4.54 kB',
      '11.6 MB',
      '2.82 GB',
      '5000 TB',
    ]);
  });

  it('are written for people', () => {
    expect(countText(1234567)).toBe('1,234,567');
    expect([0.34, 12.4, 65, 185, 3723].map(durationText)).toEqual([
      '0.3 s',
      '12 s',
      '1:05 min',
      '3:05 min',
      '1:02:03',
    ]);
    expect([0.123456, 0, 1e-5, 123456, -2.5].map(metricText)).toEqual([
      '0.1235',
      '0',
      '1.00e-5',
      '1.23e+5',
      '-2.5',
    ]);
  });
});
