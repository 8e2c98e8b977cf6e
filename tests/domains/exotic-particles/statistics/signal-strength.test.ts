import { describe, expect, it } from 'vitest';
import {
  asimovData,
  bestGammas,
  bestStrength,
  observedData,
  profiledNegativeLog,
} from '../../../../domains/exotic-particles/statistics/likelihood/binned-model.ts';
import {
  cls,
  discoverySignificance,
  expectedSignificance,
  strengthInterval,
  upperLimits,
} from '../../../../domains/exotic-particles/statistics/likelihood/signal-strength.ts';
import {
  asimovSignificance,
  countingSignificance,
} from '../../../../domains/exotic-particles/statistics/significance.ts';

// pyhf's README: uncorrelated_background([12, 11], [50, 52], [3, 7]), observations [51, 48].
const model = { signal: [12, 11], background: [50, 52], uncertainty: [3, 7] };
const events = [51, 48];

describe('CLs', () => {
  it('is exact, and has the numbers of pyhf as far as its minimiser is', () => {
    const { observed, expected } = cls(model, events, 1);
    const ours = [observed, ...expected];
    // cls-reference.py, to 30 digits; double precision loses some in the differences of likelihoods.
    const exact = [
      0.05251552514612288, 0.002606404584291107, 0.01382064003784597, 0.06445515477045891, 0.2352609031239404,
      0.5730416549820493,
    ];
    // pyhf's README. cls-reference.py: with scipy's default tolerance, 1e-6 of -2 ln L, the minimiser stops there, up to
    // 6e-6 from the exact values; the same minimiser at 1e-13 agrees with those to 6e-9.
    const readme = [
      0.05251497423736956, 0.0026062609501074576, 0.01382005356161206, 0.06445320535890459,
      0.23525643861460702, 0.573036205919389,
    ];
    ours.forEach((value, i) => {
      expect(Math.abs(value - exact[i])).toBeLessThan(1e-12);
      expect(Math.abs(value - readme[i])).toBeLessThan(6e-6);
    });
    expect(Math.abs(observed - readme[0])).toBeLessThan(1e-6);
  });

  it('is 1 in the mean for no signal to speak of, and the limit is where it is 5 %', () => {
    expect(cls(model, events, 1e-6).observed).toBeCloseTo(1, 4);
    const { observed, expected } = upperLimits(model, events);
    expect(cls(model, events, observed).observed).toBeCloseTo(0.05, 10);
    expected.forEach((limit, i) => {
      expect(cls(model, events, limit).expected[i]).toBeCloseTo(0.05, 10);
    });
    expect(expected).toEqual([...expected].sort((a, b) => a - b));
  });

  it('does not exclude what the data want', () => {
    expect(cls(model, [74, 75], 1).observed).toBeGreaterThan(0.5);
    // Far above what is wanted: the second branch of the test statistic.
    expect(cls(model, [20, 20], 1).observed).toBeLessThan(0.01);
  });
});

describe('discovery', () => {
  it.each([
    [10, 100, 5],
    [30, 20, 1],
    [5, 1, 0.3],
  ])('one bin of %d over %d +- %d has the significance Z_A', (s, b, sigma) => {
    // The formula is this likelihood's on its Asimov data.
    const one = { signal: [s], background: [b], uncertainty: [sigma] };
    expect(expectedSignificance(one)).toBeCloseTo(asimovSignificance(s, b, sigma), 6);
  });

  it('is Z0 without uncertainty, and bins add in quadrature', () => {
    const one = { signal: [30], background: [20], uncertainty: [0] };
    expect(expectedSignificance(one)).toBeCloseTo(countingSignificance(30, 20), 8);
    const two = { signal: [30, 30], background: [20, 20], uncertainty: [0, 0] };
    expect(expectedSignificance(two)).toBeCloseTo(Math.SQRT2 * countingSignificance(30, 20), 8);
  });

  it('is 0 where the data lie below the background', () => {
    expect(discoverySignificance(model, [40, 40])).toBe(0);
    expect(strengthInterval(model, [40, 40])).toMatchObject({ value: 0, low: 0 });
  });
});

describe('profile likelihood', () => {
  it('profiles the background at its best', () => {
    const data = observedData(model, events);
    const gammas = bestGammas(model, data, 0.7);
    const negativeLog = (i: number, gamma: number): number => {
      const nu = 0.7 * model.signal[i] + gamma * model.background[i];
      const a = (model.background[i] / model.uncertainty[i]) ** 2;
      return nu - events[i] * Math.log(nu) + gamma * a - a * Math.log(gamma * a);
    };
    gammas.forEach((gamma, i) => {
      for (const off of [0.999, 1.001])
        expect(negativeLog(i, gamma)).toBeLessThan(negativeLog(i, gamma * off));
    });
    const sum = gammas.reduce((total, gamma, i) => total + negativeLog(i, gamma), 0);
    expect(profiledNegativeLog(model, data, 0.7)).toBeCloseTo(sum, 9);
  });

  it('finds the strength that made the data, and an interval round it', () => {
    const data = asimovData(model, observedData(model, [62, 63]), 1.5);
    expect(bestStrength(model, data)).toBeCloseTo(1.5, 9);
    const wide = strengthInterval(model, [68, 68.5], 0.95);
    expect(wide.low).toBeLessThan(wide.value);
    const rise = (mu: number): number =>
      2 *
      (profiledNegativeLog(model, observedData(model, [68, 68.5]), mu) -
        profiledNegativeLog(model, observedData(model, [68, 68.5]), wide.value));
    // The square of the normal quantile of 0.975.
    expect(rise(wide.high)).toBeCloseTo(3.841459, 5);
    expect(wide.low === 0 || Math.abs(rise(wide.low) - 3.841459) < 1e-5).toBe(true);
  });

  it('takes bins without events, without signal and without uncertainty', () => {
    const odd = { signal: [3, 0, 2], background: [1, 5, 2], uncertainty: [0.5, 0, 0] };
    expect(cls(odd, [0, 5, 2], 1).observed).toBeGreaterThan(0);
    expect(cls(odd, [0, 0, 0], 1).observed).toBeLessThan(0.05);
  });

  it('refuses what does not fit', () => {
    expect(() => cls(model, [1], 1)).toThrow('got 2, 2, 2, 1');
    expect(() => cls(model, [1, -1], 1)).toThrow('events of at least 0 in bin 1, got -1');
    expect(() => cls({ ...model, background: [50, 0] }, events)).toThrow(
      'bin 1 has events and no background',
    );
    expect(() => cls({ ...model, signal: [0, 0] }, events)).toThrow('no signal in any bin');
    expect(() => cls(model, events, 0)).toThrow('a strength above 0');
  });
});
