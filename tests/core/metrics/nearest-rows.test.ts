import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestRows } from '../../../core/metrics/nearest-rows.ts';

describe('nearestRows', () => {
  it('finds what sorting all distances finds, the first of equals first', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 45 }), (points, k) => {
        const to = [1, -2];
        const distance = (i: number) => (points[i][0] - to[0]) ** 2 + (points[i][1] - to[1]) ** 2;
        const sorted = [...points.keys()].sort((a, b) => distance(a) - distance(b) || a - b);
        const found = nearestRows({ data: Float32Array.from(points.flat()), columns: 2 }, to, k);
        expect([...found]).toEqual(sorted.slice(0, k));
      }),
    );
  });
});
