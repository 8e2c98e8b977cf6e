import { describe, expect, it, vi } from 'vitest';
import type { Progress } from '../../../core/progress.ts';
import { BatchProgress } from '../../../pipelines/sweep/batch-progress.ts';

/** Keeps what is told: the task's own words, then each advance. */
function listener(): { progress: Progress; told: unknown[] } {
  const told: unknown[] = [];
  const progress: Progress = {
    task: (...words) => {
      told.push(words);
      return { advance: (units) => told.push(units), end: () => told.push('end') };
    },
  };
  return { progress, told };
}

const shards = { label: 'shards', total: 4, done: 1 };

describe('BatchProgress', () => {
  it('counts elements', () => {
    const { progress, told } = listener();
    const task = new BatchProgress({}, progress, shards);
    task.look({});
    task.advance(2, {});
    task.end();
    expect(told).toEqual([['shards', 4, 'elements'], 1, 2, 'end']);
  });

  it('counts what they make, at each end and every two seconds between', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const { progress, told } = listener();
      let blocks = 10;
      const made = { unit: 'blocks', total: 100, count: () => blocks };
      const task = new BatchProgress({ made }, progress, shards);
      blocks = 13;
      task.look({});
      vi.advanceTimersByTime(2000);
      task.look({});
      blocks = 40;
      task.advance(1, {});
      expect(told).toEqual([['shards', 100, 'blocks'], 10, 3, 27]);
    } finally {
      vi.useRealTimers();
    }
  });
});
