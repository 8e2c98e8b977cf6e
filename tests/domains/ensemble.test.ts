// How far the networks behind one number lie apart.
import { expect, it } from 'vitest';
import { memberCount, spreadOver } from '../../domains/ensemble.ts';

it.each([
  // Alone and trained once: nothing is known of a spread.
  [[0.4], [], 0],
  // Half of 1 squared, twice, over n - 1 = 1.
  [[0, 1], [], Math.SQRT1_2],
  [[0.4], [0.1], 0.1],
  // Squares of 1, 1, 1/2 and 1/2 over n - 1 = 5.
  [[-1, 0, 1, 0, Math.SQRT1_2, -Math.SQRT1_2], [], Math.sqrt(3 / 5)],
  // 1 between, and a mean of (9 + 1) / 2 = 5 within.
  [[0, Math.SQRT2], [3, 1], Math.sqrt(6)],
])('of %j with spreads %j of their own', (answers, own, expected) => {
  expect(spreadOver(answers, own)).toBeCloseTo(expected, 12);
});

it('counts the members of a network', () => {
  expect(memberCount({})).toBe(1);
  expect(memberCount({ members: '5' })).toBe(5);
});
