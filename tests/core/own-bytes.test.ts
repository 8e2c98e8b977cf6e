import { describe, expect, it } from 'vitest';
import { ownBytes } from '../../core/own-bytes.ts';

describe('ownBytes', () => {
  const shared = Float32Array.from({ length: 1000 }, (_, i) => i);

  it('gives parts of a larger buffer a buffer of their size, in arrays and plain objects', () => {
    const task = { images: [{ data: shared.subarray(10, 14), name: 'a' }], step: 3 };
    const own = ownBytes(task);
    expect(own).toEqual({ images: [{ data: Float32Array.of(10, 11, 12, 13), name: 'a' }], step: 3 });
    expect(own.images[0].data.buffer.byteLength).toBe(16);
    expect(task.images[0].data.buffer).toBe(shared.buffer);
  });

  it('leaves what owns its buffer, what is shared between threads, and what is no plain object', () => {
    const several = new Int16Array(new SharedArrayBuffer(64), 8, 4);
    const date = new Date(0);
    const own = ownBytes({ shared, several, date, nothing: null });
    expect(own.shared).toBe(shared);
    expect(own.several).toBe(several);
    expect(own.date).toBe(date);
    expect(own.nothing).toBeNull();
  });

  it('keeps one thing in two places one thing, and goes round in circles once', () => {
    const part = shared.subarray(1, 3);
    const ring: { part: Float32Array; again: Float32Array; ring?: unknown } = { part, again: part };
    ring.ring = ring;
    const own = ownBytes(ring);
    expect(own.again).toBe(own.part);
    expect(own.ring).toBe(own);
  });

  it('copies a part of a Node buffer as bytes, as cloning makes it', () => {
    const own = ownBytes(Buffer.from('of a larger pool').subarray(3, 5)) as Uint8Array;
    expect(own.buffer.byteLength).toBe(2);
    expect(Buffer.from(own).toString()).toBe('a ');
  });
});
