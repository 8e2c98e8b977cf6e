// A patient as JSON: what a file of patients holds, and what a request asks about.
import { z } from 'zod';
import { eventKinds } from '../cohort.ts';

const event = z.strictObject({
  date: z.string().describe('day of the entry, 2013-05-23'),
  code: z.union([z.string().min(1), z.number()]).describe('786.05'),
  system: z
    .string()
    .optional()
    .describe('ICD9CM, ICD10CM, SNOMED, RxNorm, CPT4 or another; guessed from the code when left out'),
  kind: z.enum(eventKinds).optional().describe('diagnosis when left out'),
});

export const patientSchema = z.strictObject({
  events: z.array(event).min(1).describe('entries of the record, in any order'),
  birthDate: z.string().optional().describe('1950-01-31'),
  age: z.number().min(0).max(130).optional().describe('years, where the birth date is not given'),
  sex: z.string().optional().describe('female or male'),
});
