// What whoever serves a network has to know beside its weights, kept in the model file.
import { z } from 'zod';
import { networkKinds, representationNames } from './networks/kinds.ts';

const schema = z.object({
  observation: z.number(),
  gap: z.number(),
  kind: z.enum(networkKinds),
  representation: z.enum(representationNames),
  longest: z.number(),
  codesPerStep: z.number(),
  /** Youngest and oldest patients learnt from, all but one in two hundred at either end. */
  ages: z.tuple([z.number(), z.number()]),
  /** Entries with known codes in the records learnt from, all but one in a hundred at either end. */
  entries: z.tuple([z.number(), z.number()]),
  /** Share of cases among those that the answers are calibrated on. */
  caseShare: z.number(),
});

export type ServingFacts = z.infer<typeof schema>;

/** What else is known of a network is left out. */
export const factsText = (facts: ServingFacts): string => JSON.stringify(schema.parse(facts));

export const servingFacts = (text: string): ServingFacts => schema.parse(JSON.parse(text));
