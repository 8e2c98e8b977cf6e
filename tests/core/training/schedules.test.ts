import { describe, expect, it } from 'vitest';
import { exponentialDecay, linearRamp, warmUpCosine } from '../../../core/training/schedules.ts';

const at = (step: number, epoch = 0) => ({ step, epoch, totalSteps: 100 });

describe('schedules', () => {
  it('rise in a straight line and fall by half a cosine', () => {
    const schedule = warmUpCosine({ peak: 2, warmUp: 0.2, final: 0.5 });
    // Steps count from 0: the tenth has done a tenth of the way.
    expect(schedule(at(9))).toBeCloseTo(1, 12);
    expect(schedule(at(19))).toBeCloseTo(2, 12);
    expect(schedule(at(59))).toBeCloseTo(1.25, 12);
    expect(schedule(at(99))).toBeCloseTo(0.5, 12);
    expect(warmUpCosine({ peak: 2, warmUp: 0 })(at(0))).toBeLessThan(2);
  });

  it("are the paper's of Baldi et al. 2014", () => {
    const rate = exponentialDecay({ initial: 0.05, factor: 1 / 1.0000002, least: 1e-6 });
    // 100,000 batches of one pass divide it by e^0.02; 200 passes by e^4.
    expect(rate(at(100_000))).toBeCloseTo(0.05 * Math.exp(-0.02), 8);
    expect(rate(at(20_000_000))).toBeCloseTo(0.05 * Math.exp(-4), 6);
    expect(rate(at(100_000_000))).toBe(1e-6);
    const momentum = linearRamp({ initial: 0.9, final: 0.99, over: 200 });
    expect([0, 50, 200, 300].map((epoch) => momentum(at(0, epoch)))).toEqual([0.9, 0.9225, 0.99, 0.99]);
  });
});
