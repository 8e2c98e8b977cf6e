// Random damage to a valid file, and the one rule for what a reader may answer.
import fc from 'fast-check';
import { expect } from 'vitest';
import { UserError } from '../../../core/errors.ts';

/** Bit flips, a cut, a splice of the file's own or of foreign bytes, numbers overwritten by extreme ones. */
export const damage = (good: Uint8Array): fc.Arbitrary<Uint8Array> => {
  const place = fc.integer({ min: 0, max: good.length - 1 });
  const flips = fc.array(fc.integer({ min: 0, max: good.length * 8 - 1 }), { minLength: 1, maxLength: 4 });
  return fc.oneof(
    flips.map((bits) => {
      const bytes = Uint8Array.from(good);
      for (const bit of bits) bytes[bit >> 3] ^= 1 << (bit & 7);
      return bytes;
    }),
    place.map((end) => good.slice(0, end)),
    fc.tuple(place, place, place).map(([a, b, c]) => {
      const [from, to] = [Math.min(b, c), Math.max(b, c)];
      return Buffer.concat([good.subarray(0, a), good.subarray(from, to), good.subarray(a)]);
    }),
    fc
      .tuple(place, fc.integer({ min: 0, max: 8 }), fc.uint8Array({ maxLength: 16 }))
      .map(([a, drop, extra]) => Buffer.concat([good.subarray(0, a), extra, good.subarray(a + drop)])),
    fc
      .tuple(place, fc.constantFrom(0, 0x7f, 0x80, 0xff), fc.integer({ min: 1, max: 8 }))
      .map(([a, byte, n]) => {
        const bytes = Uint8Array.from(good);
        return bytes.fill(byte, a, a + n);
      }),
  );
};

/** Number of random trials; the environment variable FUZZ multiplies it. */
export const trials = (count: number): { numRuns: number } => ({
  numRuns: Math.ceil(count * Number(process.env.FUZZ ?? 1)),
});

/** What the reader returned, or undefined for a UserError of one line; any other error fails the test. */
export async function answer<T>(read: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message).not.toContain('\n');
    return undefined;
  }
}
