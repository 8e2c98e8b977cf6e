// The settings of the autoencoder.
import { z } from 'zod';

const count = z.int().positive();
const positive = z.number().positive();

export const vaeSettings = z
  .strictObject({
    size: z.int().min(4).max(100).default(20).describe('linear size L'),
    training: count.default(300).describe("training lattices at each of the paper's 40 temperatures"),
    test: count.default(100).describe('test lattices at each'),
    hiddenUnits: count.default(128).describe('units of the hidden layers of encoder and decoder'),
    steps: count.default(2000).describe('steps of Adam'),
    batchSize: count.default(256).describe('lattices in a step'),
    learningRate: positive.default(0.001).describe('step size of Adam at the start of a cosine'),
  })
  .prefault({})
  .describe('variational autoencoder');
