// A record as networks see it on the day of asking, and what about it is unlike those that they learnt from.
import type { PatientRecord } from '../../../data-adapters/heart-failure/patients/patient-record.ts';
import type { ServingFacts } from '../serving-facts.ts';
import type { GroupConcepts } from './groups.ts';
import { type Steps, stepsOf } from './steps.ts';
import { conceptKey } from './vocabulary.ts';

const daysPerYear = 365.2425;

const ageOn = ({ age, birthDate }: PatientRecord, day: number): number | undefined =>
  birthDate === undefined ? age : (day - birthDate) / daysPerYear;

export interface SeenRecord {
  readonly steps: Steps;
  readonly unknown: number;
  readonly entries: number;
  readonly later: number;
}

/** The record as the networks see it on the day of asking. */
export function seeRecord(
  record: PatientRecord,
  asOf: number,
  { observation, gap, longest, codesPerStep }: ServingFacts,
  numbers: ReadonlyMap<string, number>,
  group: GroupConcepts,
): SeenRecord {
  // The window ends `gap` days before the index date that is asked about, which is as far ahead of the day of asking.
  const inWindow = record.events.filter(({ day }) => day < asOf && day >= asOf - observation);
  const { concepts, numbers: groupOf } = group(inWindow);
  const own = inWindow.map((_, i) => numbers.get(conceptKey(concepts[groupOf[i]])) ?? 0);
  const steps = stepsOf(
    {
      daysBefore: Float32Array.from(inWindow, ({ day }) => asOf - day + gap),
      concepts: Uint32Array.from(inWindow, (_, i) => i),
    },
    own,
    { codesPerStep, longest, gap },
  );
  return {
    steps,
    unknown: own.filter((number) => number === 0).length,
    entries: inWindow.length,
    later: record.events.filter(({ day }) => day >= asOf).length,
  };
}

/** What to know before the answer is trusted, a line each. */
export function warningsOf(
  record: PatientRecord,
  asOf: number,
  seen: SeenRecord,
  facts: ServingFacts,
): string[] {
  const { steps, unknown, entries, later } = seen;
  const known = steps.codes.filter((code) => code > 0).length;
  const [fewest, most] = facts.entries;
  const age = ageOn(record, asOf);
  const [youngest, oldest] = facts.ages;
  const first = record.events[0]?.day ?? asOf;
  return [
    ...(later > 0 ? [`${later} entries on or after the day of asking were not looked at`] : []),
    ...(unknown > 0
      ? [`${unknown} of ${entries} entries have codes that the networks have not learnt: they were left out`]
      : []),
    ...(known > 0 && (known < fewest || known > most)
      ? [
          `the record has ${known} entries with known codes in the last ${facts.observation} days; those learnt from had ${fewest} to ${most}`,
        ]
      : []),
    ...(asOf - first < facts.observation
      ? [
          `the record begins ${asOf - first} days before the day of asking; networks were taught on ${facts.observation}`,
        ]
      : []),
    ...(age === undefined
      ? ['no age is given: those learnt from were of certain ages']
      : age < youngest - 1 || age > oldest + 1
        ? [
            `the age, ${Math.floor(age)}, is outside that of the training data, ${Math.floor(youngest)} to ${Math.ceil(oldest)}`,
          ]
        : []),
    ...(known === 0 ? [`no entry with a known code in the last ${facts.observation} days`] : []),
  ];
}
