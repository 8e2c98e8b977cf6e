// A matched case-control cohort as every source gives it, simulated or read: who is in it, and what their records hold
// before the index date. What must never be learnt from is taken out here, in one place, whatever a source left in.

/** What an entry of a record is about. */
export const eventKinds = ['diagnosis', 'medication', 'procedure', 'laboratory', 'observation'] as const;
export type EventKind = (typeof eventKinds)[number];

/** A code of some system, as it stands in the records. */
export interface Concept {
  /** `428.0`; letters in upper case, no blanks about it. */
  readonly code: string;
  /** `ICD9CM`, `ICD10CM`, `SNOMED`, `RxNorm`, `LOINC`, `CPT4`, or whatever the source says. */
  readonly system: string;
  readonly kind: EventKind;
  /** What it means, where the source says so. */
  readonly name?: string;
}

export type Sex = 'female' | 'male' | 'unknown';

/** A case or a control. */
export interface CohortMember {
  /** A pseudonym: the source's own identifier hashed with the run's salt. */
  readonly subject: string;
  /** A case and its controls have one number. */
  readonly matchSet: number;
  readonly isCase: boolean;
  readonly sex: Sex;
  /** Years at the index date. */
  readonly age: number;
  /** Clinic on which cases and controls are matched, where there is one. */
  readonly site?: string;
  /** Days from each event to the index date, greater than 0, the oldest event first. Events of one day are one visit. */
  readonly daysBefore: Float32Array;
  /** Number of each event's concept. */
  readonly concepts: Uint32Array;
}

/** Subjects that were left after a rule of the cohort. */
export interface FunnelStep {
  /** `at least 3 encounters with a qualifying code within 365 days`. */
  readonly rule: string;
  readonly cases?: number;
  readonly controls?: number;
  /** Where a rule comes before cases and controls are told apart. */
  readonly subjects?: number;
}

export interface Cohort {
  /** One line: `simulated` or what was read. */
  readonly source: string;
  /** Concepts by number. */
  readonly concepts: readonly Concept[];
  readonly members: readonly CohortMember[];
  /** In the order of the rules, from everybody to the cohort. */
  readonly funnel: readonly FunnelStep[];
  /** Everything counted on the way that a reader should know, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * The cohort without what would give the answer away: events of qualifying concepts, and events on or after the index
 * date. The number of each that was taken out is added to the notes.
 *
 * @param isQualifying whether a concept is one of those that define a case
 */
export function withoutAnswers(cohort: Cohort, isQualifying: (concept: Concept) => boolean): Cohort {
  const qualifying = cohort.concepts.map(isQualifying);
  let codes = 0;
  let late = 0;
  const members = cohort.members.map((member) => {
    const kept: number[] = [];
    member.concepts.forEach((concept, i) => {
      if (qualifying[concept]) codes++;
      else if (!(member.daysBefore[i] > 0)) late++;
      else kept.push(i);
    });
    if (kept.length === member.concepts.length) return member;
    return {
      ...member,
      daysBefore: Float32Array.from(kept, (i) => member.daysBefore[i]),
      concepts: Uint32Array.from(kept, (i) => member.concepts[i]),
    };
  });
  return {
    ...cohort,
    members,
    notes: [
      ...cohort.notes,
      `${codes} events with a code that defines a case and ${late} on or after the index date taken out`,
    ],
  };
}

/** Part of a record that a model may see: from `observation + gap` days before the index date to `gap` days before. */
export interface Window {
  /** Days of the record that are seen. */
  readonly observation: number;
  /** Days before the index date of which nothing is seen. */
  readonly gap: number;
}

/** A member with those events alone that lie in the window, `gap < days before <= gap + observation`. */
export function observe(member: CohortMember, { observation, gap }: Window): CohortMember {
  const { daysBefore, concepts } = member;
  let first = 0;
  while (first < daysBefore.length && daysBefore[first] > gap + observation) first++;
  let last = daysBefore.length;
  while (last > first && daysBefore[last - 1] <= gap) last--;
  return {
    ...member,
    daysBefore: daysBefore.subarray(first, last),
    concepts: concepts.subarray(first, last),
  };
}
