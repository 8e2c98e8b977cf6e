import { describe, expect, it } from 'vitest';
import { blocksFromWorkers } from '../../core/blocks.ts';
import { UserError } from '../../core/errors.ts';
import type { SquareTask } from '../fixtures/workers/square.ts';

const module = new URL('../fixtures/workers/square', import.meta.url);

async function squares(
  tasks: readonly SquareTask[],
  { threads = 2, ahead, signal }: { threads?: number; ahead?: number; signal?: AbortSignal } = {},
): Promise<number[]> {
  const found: number[] = [];
  const source = blocksFromWorkers({ threads, signal });
  for await (const block of source<Float64Array>({ id: 'squares', module, tasks }, ahead)) {
    found.push(...block);
  }
  return found;
}

/** The first takes longest. */
const tasks = [60, 0, 30, 0].map((milliseconds, i) => ({ values: Float64Array.of(i), milliseconds }));

describe('blocksFromWorkers', () => {
  it.each([
    [1, undefined],
    [2, undefined],
    [2, Number.POSITIVE_INFINITY],
    [64, 0],
  ])('yields blocks in the order of their tasks, on %d threads and %d ahead', async (threads, ahead) => {
    expect(await squares(tasks, { threads, ahead })).toEqual([0, 1, 4, 9]);
  });

  it('yields nothing of nothing, also on no threads', async () => {
    expect(await squares([], { threads: 0 })).toEqual([]);
  });

  it('hands on what a task throws, and the reason of an abort', async () => {
    const values = Float64Array.of(1);
    await expect(squares([{ values }, { values, fail: 'mistake' }])).rejects.toThrow(UserError);
    await expect(squares([{ values, fail: 'bug' }])).rejects.toThrow(TypeError);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 100);
    const slow = squares([{ values, milliseconds: 600_000 }], { signal: controller.signal });
    await expect(slow).rejects.toThrow('enough');
  });
});
