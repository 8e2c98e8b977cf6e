import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { contentHash } from '../../../data-adapters/exotic-particles/content-hash.ts';

describe('contentHash', () => {
  it('is MurmurHash3_x86_32', () => {
    // Test vectors for the seed 0x9747b28c (I. Wellbelove, "Murmur3 test vectors", Stack Overflow 14747343), texts of four
    // bytes being one float32.
    const hash = (text: string): number => {
      const bytes = new Uint8Array(Buffer.from(text, 'latin1'));
      return contentHash(new Float32Array(bytes.buffer), 0, bytes.length / 4) * 2 ** 32;
    };
    expect(hash('test')).toBe(0x704b81dc);
    expect(hash('aaaa')).toBe(0x5a97808a);
  });

  it('depends on the row alone, not on where it stands', () => {
    const rows = Float32Array.of(1, 2, 3, 1, 2, 3);
    expect(contentHash(rows, 3, 3)).toBe(contentHash(rows, 0, 3));
    expect(contentHash(rows, 1, 3)).not.toBe(contentHash(rows, 0, 3));
  });

  it('divides random rows evenly', () => {
    const random = new RandomStream(5);
    const n = 20_000;
    const values = Float32Array.from({ length: 4 * n }, () => random.normal());
    const counts = new Array<number>(10).fill(0);
    for (let row = 0; row < n; row++) counts[Math.floor(10 * contentHash(values, 4 * row, 4))] += 1;
    const chiSquare = counts.reduce((sum, count) => sum + (count - n / 10) ** 2 / (n / 10), 0);
    // 9 degrees of freedom: above 27.9 once in a thousand.
    expect(chiSquare).toBeLessThan(27.9);
  });
});
