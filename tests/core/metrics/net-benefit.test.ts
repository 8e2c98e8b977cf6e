import { describe, expect, it } from 'vitest';
import { netBenefit } from '../../../core/metrics/net-benefit.ts';

// Two cases of three found and one of four controls suspected at 0.5.
const risks = [0.9, 0.6, 0.2, 0.7, 0.4, 0.3, 0.1];
const labels = [1, 1, 1, 0, 0, 0, 0];

describe('netBenefit', () => {
  it('is true positives less false ones at the odds of the threshold, by hand', () => {
    const [half, fifth] = netBenefit(risks, labels, [0.5, 0.2]);
    expect(half.model).toBeCloseTo(2 / 7 - 1 / 7, 12);
    expect(half.everybody).toBeCloseTo(3 / 7 - 4 / 7, 12);
    // At 0.2: all three cases, three controls at a price of 1 / 4.
    expect(fifth.model).toBeCloseTo(3 / 7 - 3 / 7 / 4, 12);
  });

  it('is weighed to another prevalence within each class', () => {
    const [{ model, everybody }] = netBenefit(risks, labels, [0.5], 0.1);
    expect(model).toBeCloseTo(0.1 * (2 / 3) - 0.9 * (1 / 4), 12);
    expect(everybody).toBeCloseTo(0.1 - 0.9, 12);
  });

  it('counts a risk at the threshold as one to act on', () => {
    expect(netBenefit([0.5, 0.1], [1, 0], [0.5])[0].model).toBeCloseTo(0.5, 12);
  });

  it('refuses thresholds outside (0, 1) and one class alone', () => {
    expect(() => netBenefit(risks, labels, [1])).toThrow(/threshold in \(0, 1\), got 1/);
    expect(() => netBenefit([0.1], [0], [0.5])).toThrow(/both classes/);
  });
});
