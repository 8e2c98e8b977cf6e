import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctPrior, recalibrate } from '../../../core/metrics/recalibration.ts';

const x = [-3.1, -2.2, -1.9, -1.2, -0.7, -0.3, 0.1, 0.4, 0.9, 1.3, 1.8, 2.6, -0.5, 0.2];
const y = [0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0];

describe('recalibrate', () => {
  it('is the maximum likelihood of scikit-learn 1.9.1 without a penalty (C = 1e12, tol = 1e-12)', () => {
    const { intercept, slope, covariance } = recalibrate(x, y);
    // Their solver stops at a gradient of 1e-12; the ridge of 1e-6 moves the slope by some 1e-7.
    expect(intercept).toBeCloseTo(0.121029246652, 5);
    expect(slope).toBeCloseTo(0.6945574258, 5);
    // Inverse of X' W X at their solution, by numpy.
    expect(covariance[0][0]).toBeCloseTo(0.36023621, 5);
    expect(covariance[0][1]).toBeCloseTo(0.03325388, 5);
    expect(covariance[1][1]).toBeCloseTo(0.21396417, 5);
  });

  it('keeps the slope of separable scores finite', () => {
    const { slope } = recalibrate([-2, -1, 1, 2], [0, 0, 1, 1]);
    expect(Number.isFinite(slope)).toBe(true);
    expect(slope).toBeGreaterThan(5);
  });

  it('says the share of cases, with its error, of scores that are all alike', () => {
    const { intercept, slope, covariance } = recalibrate([2, 2, 2, 2], [0, 1, 0, 0]);
    expect([intercept, slope]).toEqual([Math.log(1 / 3), 0]);
    // Of log odds: 1 / (n p (1 - p)).
    expect(covariance[0][0]).toBeCloseTo(1 / (4 * 0.25 * 0.75), 12);
  });

  it('undoes a line in the logits: a score a x + b gets the slope 1 / a of x', () => {
    const whole = recalibrate(x, y);
    const stretched = recalibrate(
      x.map((v) => 2 * v + 1),
      y,
    );
    expect(stretched.slope).toBeCloseTo(whole.slope / 2, 4);
    expect(stretched.intercept).toBeCloseTo(whole.intercept - whole.slope / 2, 4);
  });

  it('finds the top of the likelihood from far away, where a whole step of Newton flies off', () => {
    // A rare class and one score far out: the gradient must vanish all the same.
    const far = Array.from({ length: 400 }, (_, i) => (i === 0 ? 60 : (i % 20) / 10 - 4));
    const rare = far.map((_, i) => (i % 50 === 0 ? 1 : 0));
    const { intercept, slope } = recalibrate(far, rare);
    let [ga, gb] = [0, 0];
    far.forEach((v, i) => {
      const error = rare[i] - 1 / (1 + Math.exp(-(intercept + slope * v)));
      ga += error;
      gb += error * v;
    });
    // The ridge of 1e-6 leaves 1e-6 times the slope.
    expect(Math.abs(ga)).toBeLessThan(1e-5);
    expect(Math.abs(gb)).toBeLessThan(1e-5);
  });

  it('refuses scores that are no numbers, one class and lengths that differ', () => {
    expect(() => recalibrate([1, 2], [1, 1])).toThrow(/both classes/);
    expect(() => recalibrate([1, Number.NaN], [1, 0])).toThrow(/no finite number/);
    expect(() => recalibrate([1, 2], [1])).toThrow(/expected 2 labels, got 1/);
  });
});

describe('correctPrior', () => {
  it('changes the odds by the ratio of the odds of the priors', () => {
    // Bayes: at the sampled share itself nothing changes; a score that knows nothing says the prevalence.
    expect(correctPrior(0.7, 0.12, 0.12)).toBeCloseTo(0.7, 12);
    const nothing = Math.log(0.12 / 0.88);
    expect(1 / (1 + Math.exp(-correctPrior(nothing, 0.12, 0.01)))).toBeCloseTo(0.01, 12);
  });

  it('is undone by the way back', () => {
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), share, share, (logit, a, b) => {
        expect(correctPrior(correctPrior(logit, a, b), b, a)).toBeCloseTo(logit, 9);
      }),
    );
  });
});
