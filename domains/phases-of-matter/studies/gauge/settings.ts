// Settings of the study of the Ising gauge theory. The convolutional network is trained by the author's recipe in every
// preset: it needs a thousand steps before anything is seen.
import { z } from 'zod';
import { fullyConnectedSettings, latticeSettings, schedule, trainingSettings } from '../bonds/settings.ts';

const count = z.int().positive();

export const gaugeSettings = z
  .strictObject({
    size: z
      .int()
      .min(2)
      .max(64)
      .multipleOf(2)
      .default(16)
      .describe('linear size L, 2 L^2 spins; even, to be cut in four'),
    networks: count.default(1).describe('networks of each kind, each from a seed and lattices of its own'),
    ...latticeSettings(10_000, 1000, 2500),
    fullyConnected: z
      .strictObject({
        ...fullyConnectedSettings,
        ...trainingSettings(1000, 1500, 5e-4),
        schedule: schedule.default('constant').describe('the step size over time'),
      })
      .prefault({})
      .describe('the network that must fail'),
    convolutional: z
      .strictObject({
        filters: count.default(64).describe('filters of 2 x 2 vertices'),
        hiddenUnits: count.default(64).describe('units of the dense layer behind them'),
        dropout: z.number().min(0).lt(1).default(0.5).describe('share of these that a step leaves out'),
        ...trainingSettings(4000, 200, 1e-4),
        schedule: schedule.default('constant').describe('the step size over time'),
      })
      .prefault({})
      .describe('the network that learns the plaquettes'),
    flips: z
      .array(z.int().min(0))
      .default([0, 1, 2, 4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 96, 128])
      .describe('numbers of flipped bonds for the curve of what the network still calls a ground state'),
  })
  .prefault({});

/** The author's numbers, and three networks of each kind: what they make of spoiled states differs. */
export const gaugePaper = { networks: 3, test: 5000, fullyConnected: { steps: 4000 } };
