import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpackLz4Frame } from '../../../data-adapters/formats/lz4-frame.ts';
import { damage, trials } from './damage.ts';

/** pyarrow 25.0.1: compress(b'0123456789' * 30, codec='lz4') */
const packed = Buffer.from('BCJNGGBAghUAAACvMDEyMzQ1Njc4OQoA/wtQNTY3ODkAAAAA', 'base64');

describe('unpackLz4Frame', () => {
  it('unpacks what pyarrow packed', () => {
    expect(Buffer.from(unpackLz4Frame(packed)).toString()).toBe('0123456789'.repeat(30));
  });

  it('takes blocks that are not packed, a length and a checksum', () => {
    // Written by the specification: version 1 with content length and block checksums, blocks up to 64 KiB.
    const frame = Buffer.from([
      ...[0x04, 0x22, 0x4d, 0x18, 0b01011000, 0x40, ...[3, 0, 0, 0, 0, 0, 0, 0], 0],
      ...[3, 0, 0, 0x80, 97, 98, 99, ...[0, 0, 0, 0]],
      ...[0, 0, 0, 0],
    ]);
    expect(Buffer.from(unpackLz4Frame(frame)).toString()).toBe('abc');
  });

  it('copies from blocks before', () => {
    // "ab", then a block of no literals and a match of 6 bytes, 2 back, and the literal "c".
    const frame = Buffer.from([
      ...[0x04, 0x22, 0x4d, 0x18, 0b01000000, 0x40, 0],
      ...[2, 0, 0, 0x80, 97, 98],
      ...[5, 0, 0, 0, 0x02, 2, 0, 0x10, 99],
      ...[0, 0, 0, 0],
    ]);
    expect(Buffer.from(unpackLz4Frame(frame)).toString()).toBe('abababab' + 'c');
  });

  it('unpacks or throws whatever it is given', () => {
    fc.assert(
      fc.property(damage(packed), (bytes) => {
        try {
          expect(unpackLz4Frame(bytes).length).toBeLessThan(1e6);
        } catch (error) {
          expect((error as Error).message).toMatch(/^lz4: /);
        }
      }),
      trials(500),
    );
  });
});
