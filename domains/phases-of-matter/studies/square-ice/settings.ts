// Settings of the study of square ice. The defaults are fewer, larger steps than the author's; the preset `paper` has his.
import { z } from 'zod';
import { fullyConnectedSettings, latticeSettings, schedule, trainingSettings } from '../bonds/settings.ts';

export const squareIceSettings = z
  .strictObject({
    size: z
      .int()
      .min(2)
      .max(64)
      .multipleOf(2)
      .default(16)
      .describe('linear size L, 2 L^2 spins; even, as the ordered start of the loops wants'),
    networks: z.int().positive().default(1).describe('networks, each from a seed and lattices of its own'),
    ...latticeSettings(10_000, 500, 2000),
    ...fullyConnectedSettings,
    ...trainingSettings(2000, 256, 0.003),
    schedule: schedule.default('cosine').describe('the step size over time'),
  })
  .prefault({});

/** The author's recipe for the square lattice, without its penalty. */
export const squareIcePaper = {
  training: 10_000,
  validation: 1000,
  test: 5000,
  steps: 4000,
  batchSize: 1500,
  learningRate: 5e-4,
  schedule: 'constant',
};
