import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bootstrapInterval,
  percentileInterval,
  quantile,
  resample,
} from '../../../core/metrics/bootstrap.ts';
import { RandomStream } from '../../../core/random.ts';

const random = () => new RandomStream('bootstrap test');
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

describe('quantile', () => {
  it('interpolates between order statistics', () => {
    // numpy.quantile([1, 2, 4, 8], [0, 0.25, 0.5, 1]) -> 1, 1.75, 3, 8
    const sorted = [1, 2, 4, 8];
    expect([0, 0.25, 0.5, 1].map((p) => quantile(sorted, p))).toEqual([1, 1.75, 3, 8]);
    expect(quantile([5], 0.3)).toBe(5);
  });
});

describe('percentileInterval', () => {
  it('takes the central part and leaves out what is no number', () => {
    const replicates = [...Array.from({ length: 101 }, (_, i) => i), Number.NaN];
    expect(percentileInterval(50, replicates, 0.9)).toMatchObject({
      value: 50,
      high: 95,
      low: expect.closeTo(5, 12),
    });
    expect(percentileInterval(1, [Number.NaN]).low).toBeNaN();
  });
});

describe('bootstrapInterval', () => {
  it('has the width of the normal theory for a mean', () => {
    const stream = random();
    const values = Float64Array.from({ length: 400 }, () => stream.normal());
    const { value, low, high } = bootstrapInterval(
      400,
      (units) => mean(Array.from(units, (i) => values[i])),
      {
        random: stream,
        replicates: 4000,
      },
    );
    expect(value).toBeCloseTo(mean(values), 12);
    const sd = Math.sqrt(mean(values.map((v) => (v - value) ** 2)));
    // 2 * 1.96 sd / sqrt(n); the ends from 4,000 replicates err by 3 %.
    expect((high - low) / ((2 * 1.96 * sd) / 20)).toBeCloseTo(1, 1);
  });

  // 400 experiments: 95 % of the intervals should hold the true mean; n = 50 costs about 1 %; standard error 1.1 %.
  it('covers the truth as often as it says', () => {
    const stream = random();
    let covered = 0;
    for (let experiment = 0; experiment < 400; experiment++) {
      const values = Float64Array.from({ length: 50 }, () => stream.normal());
      const { low, high } = bootstrapInterval(
        50,
        (units) => units.reduce((sum, i) => sum + values[i], 0) / 50,
        {
          random: stream,
          replicates: 300,
        },
      );
      if (low <= 0 && high >= 0) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.9);
    expect(covered / 400).toBeLessThan(0.98);
  });

  it('is narrow for a paired difference, however wide each part is', () => {
    const stream = random();
    const first = Float64Array.from({ length: 100 }, () => 100 * stream.normal());
    const second = first.map((v) => v + 1 + 0.01 * stream.normal());
    const { low, high } = bootstrapInterval(
      100,
      (units) => mean(Array.from(units, (i) => second[i] - first[i])),
      {
        random: stream,
      },
    );
    expect(low).toBeGreaterThan(0.99);
    expect(high).toBeLessThan(1.01);
  });

  it('repeats itself for the same stream, and refuses no units', () => {
    const run = () => bootstrapInterval(10, (units) => mean(units), { random: random(), replicates: 50 });
    expect(run()).toEqual(run());
    expect(() => bootstrapInterval(0, () => 0, { random: random() })).toThrow('at least one unit');
  });
});

describe('resample', () => {
  it('draws units of the sample only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer(), (n, seed) => {
        const units = resample(n, new RandomStream(seed));
        expect(units).toHaveLength(n);
        expect(Math.max(...units)).toBeLessThan(n);
      }),
    );
  });
});
