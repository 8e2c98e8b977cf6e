// Where there is nothing to learn, nothing must be found: an area that is not .5 would be a leak.
import { describe, expect, it } from 'vitest';
import { domain } from '../../../domains/heart-failure/index.ts';
import { contextOf, tinyConfig, trainTiny } from './tiny-run.ts';

const areasOf = async (more: Record<string, unknown>, seed = 1) => {
  const config = tinyConfig({
    kinds: ['logistic', 'gru'],
    evaluation: { leadTimes: [] },
    split: { chunks: 3 },
    ...more,
  });
  const parts = await domain.simulate(contextOf(config, seed));
  const { models } = await trainTiny(parts, config, seed);
  const { figures } = await domain.evaluate(parts, { ...contextOf(config, seed), models });
  const [leading] = figures;
  return [leading, ...(leading.baselines ?? [])].map(({ id, value, low, high }) => ({
    id,
    value,
    // In units of its standard error.
    z: (value - 0.5) / ((high - low) / (2 * 1.96)),
  }));
};

/** One area in 1,000 would be further from .5 by chance; a leak gives ten and more. */
const mostErrors = 3.3;

describe('nothing to learn', () => {
  it('is found where cases are like controls, by counts of events and of visits too', async () => {
    const areas = await areasOf({ simulation: { cases: 180, controlsPerCase: 2, strength: 0 } });
    expect(areas).toHaveLength(5);
    for (const { id, z } of areas) expect(Math.abs(z), id).toBeLessThan(mostErrors);
  }, 60_000);

  it('is found by models that learnt from labels dealt out at random, on the mean', async () => {
    // A model of random labels points somewhere: its area is off .5 by more than DeLong's error, to either side.
    const values: number[] = [];
    for (const seed of [1, 2, 3, 4]) {
      const areas = await areasOf(
        {
          simulation: { cases: 120, controlsPerCase: 2 },
          kinds: ['logistic'],
          training: { shuffleLabels: true },
        },
        seed,
      );
      values.push(areas[0].value);
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    // Single areas scatter by .1 or so, four of them by half of that; labels that leaked would give .9.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.15);
  }, 60_000);
});
