import { describe, expect, it } from 'vitest';
import { judge } from '../../../core/training/early-stopping.ts';

describe('early stopping', () => {
  const rule = { metric: 'loss', mode: 'min', patience: 3 } as const;
  const best = { value: 0.5, step: 10, waited: 1 };

  it('takes any improvement, or one by an amount, or by a share of the best', () => {
    expect(judge(rule, { loss: 0.4999 }, 20, best)).toEqual({ value: 0.4999, step: 20, waited: 0 });
    expect(judge({ ...rule, minDelta: 1e-3 }, { loss: 0.4999 }, 20, best)).toEqual({ ...best, waited: 2 });
    // 1e-3 of 0.5 is 5e-4.
    const relative = { ...rule, minRelativeDelta: 1e-3 };
    expect(judge(relative, { loss: 0.4996 }, 20, best).waited).toBe(2);
    expect(judge(relative, { loss: 0.4994 }, 20, best).waited).toBe(0);
  });

  it('takes the share of the size of a best value below 0, and either direction', () => {
    const up = { ...rule, mode: 'max', minRelativeDelta: 0.1 } as const;
    const below = { ...best, value: -2 };
    expect(judge(up, { loss: -1.9 }, 20, below).waited).toBe(2);
    expect(judge(up, { loss: -1.7 }, 20, below).waited).toBe(0);
  });
});
