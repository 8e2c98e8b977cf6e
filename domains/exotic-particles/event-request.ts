// One event as JSON, and the answer.
import { z } from 'zod';
import { problemNames } from './problems.ts';

export const eventRequest = z.strictObject({
  search: z.enum(problemNames).optional().describe('the search, where the run has several'),
  features: z
    .record(z.string(), z.number().nullable())
    .describe('every feature by name, in the units of the training data; null for one that is not defined'),
});
export type EventRequest = z.infer<typeof eventRequest>;

export const eventAnswer = z.object({
  score: z.number().min(0).max(1).describe('probability of signal, for the mixture of the training events'),
  spread: z.number().min(0).describe('standard deviation over the networks'),
  networks: z.int().positive(),
});
export type EventAnswer = z.infer<typeof eventAnswer>;
