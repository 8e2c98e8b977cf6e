// Who is a case, who may be a control, and how much of a record there must be: a cohort's definition as a section of a
// configuration. The rules and their defaults are those of the paper's cohort (Choi et al. 2017; Sutter PAMF); that they are data
// and not code is the idea of ACES (Xu et al. 2024). How much of a record a model sees is not among them: see Window.
import { z } from 'zod';
import { heartFailureCodes } from '../codes/heart-failure-codes.ts';

const days = z.int().min(0);

const match = z
  .strictObject({
    sex: z.boolean().default(true).describe('controls are of their case’s sex'),
    age: z
      .number()
      .min(0)
      .nullable()
      .default(1)
      .describe('years by which the births of a case and its controls may lie apart; null: any'),
    site: z.boolean().default(false).describe('controls are of their case’s clinic; the source must name it'),
    controls: z.int().positive().default(10).describe('controls per case at most'),
  })
  .prefault({})
  .describe('what a case and its controls have in common, and how many controls there are');

const controls = z
  .strictObject({
    indexDate: z
      .enum(['auto', 'calendar', 'record'])
      .default('auto')
      .describe(
        'a control’s index date: the day of its case’s (calendar), or as long after its first encounter (record), where the dates of every person are shifted by another time, as in MIMIC; auto: record where most records begin after 2090',
      ),
    freeFor: days
      .default(182)
      .describe('days after the index date before which a control does not meet the criteria of a case'),
    firstEncounterWithin: days
      .nullable()
      .default(365)
      .describe('days by which the first encounters of a case and its controls may lie apart; null: any'),
    seenSince: days
      .nullable()
      .default(30)
      .describe(
        'a control has an encounter at any time from so many days before the index date on; null: no such rule',
      ),
  })
  .prefault({})
  .describe('who may be a control');

/** The section `cohort` of a configuration. Small sets (Synthea codes heart failure once per patient) need `occurrences: 1`. */
export const cohortDefinition = z
  .strictObject({
    codes: z
      .record(z.string(), z.array(z.string().min(1)).min(1))
      .default(() => structuredClone(heartFailureCodes) as Record<string, string[]>)
      .describe('qualifying codes by code system; a * at the end stands for whatever follows'),
    occurrences: z
      .int()
      .min(1)
      .default(3)
      .describe('encounters with a qualifying code that make a case; 1 for sets that code a disease once'),
    within: days
      .default(365)
      .describe('days in which they all lie; the index date is the first encounter that begins such days'),
    age: z
      .tuple([z.number().min(0), z.number().min(0)])
      .refine(([from, to]) => from <= to, { error: 'ages from, to: the first is not the greater one' })
      .default([40, 85])
      .describe('years at the index date, of cases and controls, from and to'),
    match,
    controls,
    coverage: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe(
        'share of the observation window and gap that a record reaches back over, of cases and controls alike; less than 1 for short records',
      ),
    minimumEvents: z
      .int()
      .min(0)
      .default(1)
      .describe('events in the observation window, without qualifying codes, of cases and controls alike'),
    washout: days
      .default(0)
      .describe('days at the beginning of a record in which a case has no qualifying code'),
    lookback: z
      .int()
      .positive()
      .nullable()
      .default(null)
      .describe('days of history before the index date that are kept; null: all'),
  })
  .prefault({})
  .describe('which records make a case or a control');

export type CohortDefinition = z.output<typeof cohortDefinition>;
export type CohortDefinitionInput = z.input<typeof cohortDefinition>;
