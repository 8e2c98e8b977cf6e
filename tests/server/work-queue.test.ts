// The queue by itself, with work that the test ends when it wants to.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lane } from '../../server/inference/lane.ts';
import { WorkQueue } from '../../server/inference/work-queue.ts';
import { Metrics } from '../../server/metrics.ts';

const limits = { maxWait: 5, maxQueue: 100, deadline: 10 };
const never = new AbortController().signal;

/** A lane whose batches end when they are told to. */
function lane(key: string, { most = 4, long = false } = {}) {
  const batches: {
    entries: readonly number[];
    signal: AbortSignal;
    end(): void;
    fail(error: Error): void;
  }[] = [];
  const own: Lane<number, number> = {
    key,
    kind: key,
    most,
    long,
    run: (entries, signal) =>
      new Promise((resolve, reject) => {
        batches.push({ entries, signal, end: () => resolve(entries.map((n) => 10 * n)), fail: reject });
      }),
  };
  return { own, batches };
}

let queue: WorkQueue;
const metrics = new Metrics({ queued: () => 0, running: () => 0, models: () => 0 });
const open = (workers: number, more: Partial<typeof limits> = {}) => {
  queue = new WorkQueue(workers, { ...limits, ...more }, () => metrics);
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Lets promises settle and time pass. */
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('WorkQueue', () => {
  it('waits for others no longer than it may, and not at all when the batch is full', async () => {
    open(2);
    const { own, batches } = lane('a');
    const answers = [1, 2].map((n) => queue.submit(own, n, never));
    await pass(4);
    expect(batches).toHaveLength(0);
    await pass(1);
    expect(batches[0].entries).toEqual([1, 2]);
    const more = [3, 4, 5, 6].map((n) => queue.submit(own, n, never));
    expect(batches[1].entries).toEqual([3, 4, 5, 6]);
    batches[1].end();
    batches[0].end();
    expect(await Promise.all([...answers, ...more])).toEqual([10, 20, 30, 40, 50, 60]);
    await queue.whenIdle();
  });

  it('runs no more bytes together than it may, but for an entry that has more by itself', async () => {
    open(1);
    const { own, batches } = lane('a', { most: 10 });
    const weighed = { ...own, mostBytes: 10, bytesOf: (n: number) => n };
    const answers = [4, 6, 1, 20, 3].map((n) => queue.submit(weighed, n, never));
    for (let i = 0; i < 4; i++) {
      await pass(limits.maxWait);
      batches[i].end();
    }
    await Promise.all(answers);
    expect(batches.map(({ entries }) => entries)).toEqual([[4, 6], [1], [20], [3]]);
  });

  it('runs the lane first that has waited longest', async () => {
    open(1, { maxWait: 0 });
    const [a, b, c] = ['a', 'b', 'c'].map((key) => lane(key));
    const all = [queue.submit(a.own, 1, never)];
    await pass(1);
    all.push(queue.submit(b.own, 2, never));
    await pass(1);
    all.push(queue.submit(c.own, 3, never), queue.submit(b.own, 4, never));
    a.batches[0].end();
    await pass(0);
    expect([b.batches.length, c.batches.length]).toEqual([1, 0]);
    expect(b.batches[0].entries).toEqual([2, 4]);
    b.batches[0].end();
    await pass(0);
    c.batches[0].end();
    expect(await Promise.all(all)).toEqual([10, 20, 30, 40]);
  });

  it('makes batches smaller that would take longer than half a second', async () => {
    open(1);
    const { own, batches } = lane('a');
    const all = [1, 2, 3, 4].map((n) => queue.submit(own, n, never));
    await pass(800); // 0.2 s each: two in half a second
    batches[0].end();
    all.push(...[5, 6, 7].map((n) => queue.submit(own, n, never)));
    await pass(5);
    expect(batches[1].entries).toEqual([5, 6]);
    batches[1].end();
    await pass(5);
    batches[2].end();
    expect(await Promise.all(all)).toEqual([10, 20, 30, 40, 50, 60, 70]);
  });

  it('shares what takes long among the workers that are free, and nothing else', async () => {
    open(2);
    const [heavy, light] = ['a', 'b'].map((key) => lane(key, { most: 10 }));
    const all: Promise<number>[] = [];
    const ask = (own: Lane<number, number>, entries: readonly number[]) =>
      all.push(...entries.map((n) => queue.submit(own, n, never)));
    for (const [{ own, batches }, took] of [
      [heavy, 10],
      [light, 0],
    ] as const) {
      ask(own, [1]);
      await pass(limits.maxWait + took);
      batches[0].end();
      ask(own, [2, 3, 4, 5]);
      await pass(limits.maxWait);
      for (const { end } of batches.slice(1)) end();
    }
    expect(await Promise.all(all)).toHaveLength(10);
    expect(heavy.batches.map(({ entries }) => entries)).toEqual([[1], [2, 3], [4, 5]]);
    expect(light.batches.map(({ entries }) => entries)).toEqual([[1], [2, 3, 4, 5]]);
  });

  it('lets what is short wait for the batch of its lane that runs, but not for long', async () => {
    open(2, { maxWait: 0 });
    const { own, batches } = lane('a', { most: 10 });
    const ask = (n: number) => queue.submit(own, n, never);
    const all = [ask(1)];
    await pass(1); // 1 ms each: three would be worth a worker of their own
    batches[0].end();
    await pass(0);
    all.push(ask(2));
    await pass(0);
    all.push(ask(3));
    await pass(2);
    expect(batches).toHaveLength(2);
    await pass(1);
    expect(batches[2].entries).toEqual([3]);
    batches[2].end();
    await pass(0);
    all.push(ask(4));
    await pass(1);
    expect(batches).toHaveLength(3);
    batches[1].end();
    await pass(0);
    expect(batches[3].entries).toEqual([4]);
    batches[3].end();
    expect(await Promise.all(all)).toEqual([10, 20, 30, 40]);
    await queue.whenIdle();
  });

  it('keeps a worker free of long work', async () => {
    open(2, { maxWait: 0 });
    const [long, other, short] = [lane('l', { long: true }), lane('m', { long: true }), lane('s')];
    const all = [
      queue.submit(long.own, 1, never),
      queue.submit(other.own, 2, never),
      queue.submit(short.own, 3, never),
    ];
    await pass(1);
    expect([long.batches.length, other.batches.length, short.batches.length]).toEqual([1, 0, 1]);
    long.batches[0].end();
    await pass(1);
    expect(other.batches).toHaveLength(1);
    other.batches[0].end();
    short.batches[0].end();
    expect(await Promise.all(all)).toEqual([10, 20, 30]);
  });

  it('gives up at the deadline, and ends work by force some seconds later', async () => {
    open(1);
    const { own, batches } = lane('a');
    const running = queue.submit(own, 1, never);
    const waits = expect(running).rejects.toMatchObject({ status: 504 });
    await pass(10_000);
    await waits;
    expect(batches[0].signal.aborted).toBe(false);
    await pass(5_010);
    expect(batches[0].signal.aborted).toBe(true);
    batches[0].fail(new Error('ended'));
    await queue.whenIdle();
    expect([queue.queued, queue.running]).toEqual([0, 0]);
  });

  it('fails all of a batch whose work fails, and goes on', async () => {
    open(1);
    const { own, batches } = lane('a');
    const both = [1, 2].map((n) => expect(queue.submit(own, n, never)).rejects.toThrow('ended'));
    await pass(5);
    batches[0].fail(new Error('ended'));
    await Promise.all(both);
    const next = queue.submit(own, 3, never);
    await pass(5);
    batches[1].end();
    expect(await next).toBe(30);
  });

  it('forgets whom nobody waits for any more', async () => {
    open(1);
    const { own, batches } = lane('a');
    const controller = new AbortController();
    const gone = expect(queue.submit(own, 1, controller.signal)).rejects.toThrow('gone');
    const stays = queue.submit(own, 2, never);
    controller.abort(new Error('gone'));
    await gone;
    await pass(5);
    expect(batches[0].entries).toEqual([2]);
    batches[0].end();
    expect(await stays).toBe(20);
    await expect(queue.submit(own, 3, controller.signal)).rejects.toThrow('gone');
    expect(queue.queued).toBe(0);
  });

  it('has room for so many', async () => {
    open(1, { maxQueue: 2 });
    const { own } = lane('a', { most: 100 });
    const two = [1, 2].map((n) => queue.submit(own, n, never));
    expect(() => queue.submit(own, 3, never)).toThrow(/2 requests wait already/);
    expect(two).toHaveLength(2);
  });
});
