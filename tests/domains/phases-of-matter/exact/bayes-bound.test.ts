import { describe, expect, it } from 'vitest';
import { bayesRule, isCritical } from '../../../../domains/phases-of-matter/exact/bayes-bound.ts';
import { criticalTemperature } from '../../../../domains/phases-of-matter/exact/onsager.ts';
import { densityOfStates } from '../enumeration.ts';

/** The 41 temperatures of Carrasquilla and Melko; number 20 is T_c. */
const paperGrid = Array.from({ length: 41 }, (_, i) => ({
  temperature: 1 + 0.063459265710651 * i,
  count: 250,
}));

describe('bayesRule', () => {
  // Accuracies and thresholds computed independently in Python, from exact P(E | T) on the same 40 temperatures.
  it.each([
    [10, 0.9472, -1.52],
    [20, 0.9829, -1.45],
    [30, 0.9928, -1.436],
    [40, 0.9969, -1.43],
  ])("bounds the accuracy at L = %i on the paper's grid by %f", (size, accuracy, highestOrdered) => {
    const rule = bayesRule(size, paperGrid);
    expect(Math.abs(rule.accuracy - accuracy)).toBeLessThan(6e-5);
    // The threshold lies between the highest energy that is called ordered and the next level.
    expect(rule.energyThreshold).toBeGreaterThan(highestOrdered - 1e-3);
    expect(rule.energyThreshold).toBeLessThan(highestOrdered + 4 / size ** 2);
  });

  it('is the best of all rules on the 4 x 4 lattice, by counting', () => {
    const counts = densityOfStates(4);
    const blocks = [1.5, 2.2, 2.5, 3].map((temperature) => ({ temperature, count: 1 }));
    const joint = blocks.map(({ temperature }) => {
      const weights = counts.map((count, j) => count * Math.exp((-4 * j) / temperature));
      const z = weights.reduce((a, b) => a + b);
      return weights.map((w) => w / z / blocks.length);
    });
    let best = 0;
    for (let j = 0; j <= 16; j++) best += Math.max(joint[0][j] + joint[1][j], joint[2][j] + joint[3][j]);
    expect(bayesRule(4, blocks).accuracy).toBeCloseTo(best, 12);
  });

  it('leaves T_c and empty blocks out, and says NaN when nothing is left', () => {
    const two = [
      { temperature: 2, count: 10 },
      { temperature: 3, count: 10 },
    ];
    const more = [...two, { temperature: criticalTemperature, count: 10 }, { temperature: 2.5, count: 0 }];
    expect(bayesRule(6, more)).toEqual(bayesRule(6, two));
    expect(bayesRule(6, []).accuracy).toBeNaN();
    expect(bayesRule(6, [{ temperature: 2, count: 3 }]).accuracy).toBeCloseTo(1, 12);
    expect(bayesRule(6, [{ temperature: 2, count: 3 }]).energyThreshold).toBeNaN();
    expect(isCritical(paperGrid[20].temperature)).toBe(true);
    expect(isCritical(2.2692)).toBe(false);
  });
});
