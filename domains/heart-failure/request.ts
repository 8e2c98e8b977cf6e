// A patient who is asked about, as JSON, and the answer.
import { z } from 'zod';
import type { PatientRecord } from '../../data-adapters/heart-failure/patients/patient-record.ts';
import { patientSchema } from '../../data-adapters/heart-failure/patients/patient-schema.ts';

export const patientRequest = patientSchema.extend({
  asOf: z
    .string()
    .optional()
    .describe(
      'day on which is asked, the day after the last entry when left out; later entries are not looked at',
    ),
  incidence: z
    .number()
    .positive()
    .max(0.5)
    .optional()
    .describe(
      'share of people like this one who are diagnosed; evaluation.incidence of the run when left out',
    ),
  window: z
    .string()
    .optional()
    .describe(
      'which networks are asked, `540-gap-0`; those that look nearest to the day of asking when left out',
    ),
  notes: z.array(z.string()).optional().describe('what was left out when the record was read'),
});

export type PatientRequest = z.infer<typeof patientRequest>;

const visit = z.object({
  date: z.string(),
  contribution: z.number().describe('change of the log odds when the visit is taken out'),
  codes: z.array(z.string()),
});

const code = z.object({
  code: z.string(),
  system: z.string(),
  name: z.string().optional(),
  contribution: z.number().describe('change of the log odds when all its entries are taken out'),
});

export const patientAnswer = z.object({
  risk: z
    .number()
    .nullable()
    .describe('probability, corrected to the incidence; null where the record holds nothing that is known'),
  low: z.number().nullable().describe('bounds at 95 %: of the calibration, and of the spread of networks'),
  high: z.number().nullable(),
  incidence: z.number(),
  riskInStudy: z
    .number()
    .nullable()
    .describe('probability among the cases and controls that were learnt from'),
  visits: z.array(visit).describe('in the order of time'),
  codes: z.array(code).describe('those that matter most, first'),
  warnings: z.array(z.string()),
  notice: z.string(),
});

export type PatientAnswer = z.infer<typeof patientAnswer>;

export const notice =
  'Research software, no medical device: not for diagnosis, treatment or any decision about a person.';

/** `2013-05-23` of days since 1970-01-01. */
export const dateText = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);

/** A record that was read from a file as a request. */
export const requestOf = ({ age, birthDate, sex, events, notes }: PatientRecord): PatientRequest => ({
  events: events.map(({ day: at, code: own, system, kind }) => ({
    date: dateText(at),
    code: own,
    system,
    kind,
  })),
  ...(age === undefined ? {} : { age }),
  ...(birthDate === undefined ? {} : { birthDate: dateText(birthDate) }),
  sex,
  ...(notes.length > 0 ? { notes: [...notes] } : {}),
});
