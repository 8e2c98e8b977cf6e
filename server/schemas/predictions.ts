// Answers of /api/{domain}/predict. One shape for one item, many, and files.
import { z } from 'zod';
import { panels } from '../../domains/panel.ts';

/** @param answer schema of what a domain says of one item */
const predictionsOf = (answer: z.ZodType) =>
  z.object({
    domain: z.string(),
    version: z.string(),
    predictions: z.array(
      z.object({
        index: z.int().min(0).describe('place of the item in what was sent, from 0'),
        row: z
          .int()
          .optional()
          .describe('where it stands in a table: line of a text, else number of the row'),
        answer: answer.optional(),
        text: z.string().optional().describe('the answer in a line for people'),
        warnings: z.array(z.string()).optional().describe('what to know before it is trusted'),
        panels: panels
          .optional()
          .describe('what to look at beside the answer, where `panels=true` asks for it'),
        error: z.string().optional().describe('why there is no answer'),
      }),
    ),
    failed: z.int().describe('items without an answer'),
    panels: panels.optional().describe('what to look at beside a whole table'),
    more: z
      .boolean()
      .optional()
      .describe('true where a table has more rows than JSON answers; ask for a file'),
  });

export const predictions = predictionsOf(z.unknown());
export type Predictions = z.infer<typeof predictions>;
export type PredictionEntry = Predictions['predictions'][number];
