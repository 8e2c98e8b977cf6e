// One row as JSON, and the answer.
import { z } from 'zod';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const rowRequest = z
  .record(z.string(), cell)
  .describe(
    'every column that the run looks at, by name, as it stands in the table; null for a missing value; others are not looked at',
  );
export type RowRequest = z.infer<typeof rowRequest>;

export const rowAnswer = z.object({
  prediction: z.union([z.string(), z.number()]).describe('the likeliest class, or the number'),
  probabilities: z.record(z.string(), z.number().min(0).max(1)).optional().describe('of each class'),
  spread: z
    .number()
    .min(0)
    .optional()
    .describe('of an ensemble: standard deviation over its members, of the number or of the likeliest class'),
  warnings: z.array(z.string()).describe('what to know before it is trusted: values that training never saw'),
});
export type RowAnswer = z.infer<typeof rowAnswer>;
