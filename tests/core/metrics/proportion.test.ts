import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../../core/metrics/normal.ts';
import { wilsonInterval } from '../../../core/metrics/proportion.ts';

describe('normalQuantile', () => {
  // scipy.stats.norm.ppf
  it.each([
    [0.975, 1.959963984540054],
    [0.95, 1.6448536269514722],
    [0.5, 0],
    [0.001, -3.090232306167813],
    [1e-20, -9.262340089798409],
  ])('p = %f gives %f', (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 13);
  });

  it('refuses what is no probability', () => {
    for (const p of [0, 1, -0.1, Number.NaN]) expect(() => normalQuantile(p)).toThrow('in (0, 1)');
  });
});

describe('wilsonInterval', () => {
  // Newcombe, Stat. Med. 17, 857 (1998), Table I, method 3 (score, no continuity correction).
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i: %f to %f', (successes, n, low, high) => {
    const interval = wilsonInterval(successes, n);
    expect(interval.value).toBe(successes / n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('mirrors, and widens with the level', () => {
    const [few, many] = [wilsonInterval(3, 40), wilsonInterval(37, 40)];
    expect(few.low).toBeCloseTo(1 - many.high, 14);
    expect(wilsonInterval(3, 40, 0.99).high).toBeGreaterThan(few.high);
    expect(wilsonInterval(40, 40).high).toBe(1);
  });

  it('refuses impossible counts', () => {
    for (const [successes, n] of [
      [1, 0],
      [-1, 5],
      [6, 5],
      [Number.NaN, 5],
    ]) {
      expect(() => wilsonInterval(successes, n)).toThrow('0 <= successes <= n');
    }
  });
});
