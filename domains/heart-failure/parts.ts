// How a cohort is kept: one row for each member, one for each event, and the rest as text.
import { Dataset, type Parts, type Provenance } from '../../data-adapters/dataset.ts';
import type { Cohort, CohortMember, Sex } from '../../data-adapters/heart-failure/cohort.ts';
import type { MemberSplits } from './records/split.ts';

export const membersPart = 'members';
export const eventsPart = 'events';
export const aboutPart = 'about';

const sexes: readonly Sex[] = ['female', 'male', 'unknown'];
const none = { train: new Uint32Array(), validation: new Uint32Array(), test: new Uint32Array() };

/** What is kept as text. */
type About = Omit<Cohort, 'members'> & {
  readonly subjects: readonly string[];
  readonly sites: readonly (string | null)[];
};

export function cohortParts(cohort: Cohort, splits: MemberSplits, provenance: Provenance): Parts {
  const { members, ...rest } = cohort;
  const counts = Int32Array.from(members, ({ concepts }) => concepts.length);
  const total = counts.reduce((sum, n) => sum + n, 0);
  const concepts = new Int32Array(total);
  const daysBefore = new Float32Array(total);
  let place = 0;
  for (const member of members) {
    concepts.set(member.concepts, place);
    daysBefore.set(member.daysBefore, place);
    place += member.concepts.length;
  }
  const about: About = {
    ...rest,
    subjects: members.map(({ subject }) => subject),
    sites: members.map(({ site }) => site ?? null),
  };
  const text = new TextEncoder().encode(JSON.stringify(about));
  return {
    [membersPart]: new Dataset(
      {
        case: { data: Uint8Array.from(members, ({ isCase }) => Number(isCase)), shape: [] },
        sex: { data: Uint8Array.from(members, ({ sex }) => sexes.indexOf(sex)), shape: [] },
        age: { data: Float32Array.from(members, ({ age }) => age), shape: [] },
        matchSet: { data: Int32Array.from(members, ({ matchSet }) => matchSet), shape: [] },
        events: { data: counts, shape: [] },
      },
      splits,
      provenance,
    ),
    [eventsPart]: new Dataset(
      { concept: { data: concepts, shape: [] }, daysBefore: { data: daysBefore, shape: [] } },
      none,
      provenance,
    ),
    [aboutPart]: new Dataset({ text: { data: text, shape: [text.length] } }, none, provenance),
  };
}

/** The cohort that {@link cohortParts} kept: views of its events, not copies. */
export function cohortOf(parts: Parts): Cohort {
  const text = new TextDecoder().decode(parts[aboutPart].column('text').data as Uint8Array);
  const { subjects, sites, ...about } = JSON.parse(text) as About;
  const column = (name: string) => parts[membersPart].column(name).data;
  const [isCase, sex, age, matchSet, counts] = ['case', 'sex', 'age', 'matchSet', 'events'].map(column);
  const { concept, daysBefore } = parts[eventsPart].columns;
  const concepts = new Uint32Array(
    (concept.data as Int32Array).buffer,
    (concept.data as Int32Array).byteOffset,
    concept.data.length,
  );
  let place = 0;
  const members = subjects.map((subject, row): CohortMember => {
    const [from, to] = [place, place + counts[row]];
    place = to;
    const site = sites[row];
    return {
      subject,
      matchSet: matchSet[row],
      isCase: isCase[row] === 1,
      sex: sexes[sex[row]],
      age: age[row],
      ...(site === null ? {} : { site }),
      daysBefore: (daysBefore.data as Float32Array).subarray(from, to),
      concepts: concepts.subarray(from, to),
    };
  });
  return { ...about, members };
}
