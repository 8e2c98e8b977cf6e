import { describe, expect, it } from 'vitest';
import { UserError } from '../../core/errors.ts';
import { runInWorkers } from '../../core/workers.ts';
import type { SquareTask } from '../fixtures/workers/square.ts';

const square = new URL('../fixtures/workers/square', import.meta.url);
const run = (tasks: SquareTask[], threads = 2, signal?: AbortSignal) =>
  runInWorkers<SquareTask, Float64Array>(square, tasks, { threads, signal });

describe('runInWorkers', () => {
  it('returns results in the order of the tasks, whichever ends first', async () => {
    const tasks = [60, 0, 30].map((milliseconds, i) => ({ values: Float64Array.of(i, i + 1), milliseconds }));
    const done: number[] = [];
    const results = await runInWorkers<SquareTask, Float64Array>(square, tasks, {
      threads: 2,
      onDone: (_, index) => done.push(index),
    });
    expect(results.map((r) => [...r])).toEqual([
      [0, 1],
      [1, 4],
      [4, 9],
    ]);
    expect(done.toSorted()).toEqual([0, 1, 2]);
    expect(tasks[0].values).toHaveLength(2);
  });

  it('gives the same for any number of threads', async () => {
    const tasks = Array.from({ length: 5 }, (_, i) => ({ values: Float64Array.of(i) }));
    expect(await run(tasks, 1)).toEqual(await run(tasks, 3));
  });

  it('does nothing for no tasks', async () => {
    expect(await run([])).toEqual([]);
  });

  it("hands on a user's mistake as a UserError with its parts, and anything else as itself", async () => {
    const values = Float64Array.of(1);
    const mistake = await run([{ values }, { values, fail: 'mistake' }]).catch((e: unknown) => e);
    expect(mistake).toBeInstanceOf(UserError);
    expect((mistake as UserError).message).toBe('row 3: a wrong value; give another');
    await expect(run([{ values, fail: 'bug' }])).rejects.toThrow('a bug');
    await expect(run([{ values, fail: 'bug' }])).rejects.not.toBeInstanceOf(UserError);
  });

  it('stops at once when aborted and throws the reason', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const work = run([{ values: Float64Array.of(1), milliseconds: 600_000 }], 1, controller.signal);
    setTimeout(() => controller.abort(reason), 200);
    await expect(work).rejects.toBe(reason);
    await expect(run([{ values: Float64Array.of(1) }], 1, controller.signal)).rejects.toBe(reason);
  });
});
