// The settings of the critical region held out.
import { z } from 'zod';

const count = z.int().positive();
const positive = z.number().positive();

export const heldOutSettings = z
  .strictObject({
    size: z.int().min(4).max(100).multipleOf(2).default(40).describe('linear size L, as in Mehta et al.'),
    training: count
      .default(1000)
      .describe('training lattices at each of 13 temperatures outside the critical region'),
    test: count.default(200).describe('test lattices at each of these'),
    critical: count.default(1000).describe('test lattices at each of T = 2, 2.25 and 2.5'),
    networks: count.default(3).describe('networks, on the same lattices'),
    steps: count.default(1000).describe('steps of Adam'),
    batchSize: count.default(256).describe('lattices in a step'),
    learningRate: positive.default(0.002).describe('step size of Adam at the start of a cosine'),
  })
  .prefault({})
  .describe('the critical region held out');
