// Settings that the studies of bonds share.
import { z } from 'zod';

const positive = z.number().positive();
const count = z.int().positive();

/** Numbers of lattices. */
export const latticeSettings = (training: number, validation: number, test: number) => ({
  training: count.default(training).describe('training lattices at each of the two temperatures'),
  validation: count.default(validation).describe('validation lattices at each, for the curve over the steps'),
  test: count.default(test).describe('test lattices at each'),
});

/** How a network is trained. */
export const trainingSettings = (steps: number, batchSize: number, learningRate: number) => ({
  steps: count.default(steps).describe('steps of Adam, all of them: there is no early stopping'),
  batchSize: count.default(batchSize).describe('lattices in a step'),
  learningRate: positive.default(learningRate).describe('step size of Adam'),
  evaluations: count.default(40).describe('evaluations on the validation lattices, evenly over the steps'),
});

/** The fully connected network. */
export const fullyConnectedSettings = {
  hiddenUnits: count.default(100).describe('sigmoid units of the hidden layer'),
  l2: z
    .number()
    .min(0)
    .default(0)
    .describe(
      'strength of the penalty on half the squared weights; 0, for the 1e-3 of the square lattice keeps the network from the rule of ice',
    ),
};

export const schedule = z.enum(['cosine', 'constant']);
