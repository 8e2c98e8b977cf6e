// The settings of learning by confusion.
import { z } from 'zod';

const count = z.int().positive();
const positive = z.number().positive();

export const confusionSettings = z
  .strictObject({
    size: z.int().min(4).max(100).multipleOf(2).default(20).describe('linear size L'),
    from: positive
      .default(1.5)
      .describe(
        'lowest temperature, J/kB; T_c is not in the middle of the range, so that it gives nothing away',
      ),
    to: positive.default(3.5).describe('highest temperature, J/kB'),
    temperatures: z
      .int()
      .min(10)
      .default(41)
      .describe('temperatures, even; the trial temperatures lie half-way between them'),
    peakWindow: positive
      .default(0.2)
      .describe('half width of the window in which a parabola is fitted to the middle peak, J/kB'),
    training: count.default(300).describe('training lattices at each temperature for each network'),
    test: count.default(300).describe('test lattices at each'),
    networks: count.default(3).describe('networks, each for all trial temperatures'),
    hiddenUnits: count.default(100).describe('sigmoid units of the hidden layer'),
    steps: count.default(1500).describe('steps of Adam'),
    batchSize: count.default(256).describe('lattices in a step'),
    learningRate: positive.default(0.0075).describe('step size of Adam at the start of a cosine'),
  })
  .prefault({})
  .describe('learning by confusion');
