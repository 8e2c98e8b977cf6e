// Records of the cohort's members, out of the database into arrays: theirs alone, and under pseudonyms.
import { createHmac } from 'node:crypto';
import type { Progress } from '../../../core/progress.ts';
import type { Cohort, CohortMember, Concept, Sex } from '../cohort.ts';
import type { Database } from '../records/database.ts';
import { completedYears } from './age.ts';

/** Somebody's place in the cohort. */
export interface Place {
  readonly sid: number;
  readonly matchSet: number;
  readonly isCase: boolean;
  /** The index date, days since 1970. */
  readonly index: number;
}

/** A name that says nothing without the salt: 16 digits of HMAC-SHA256. */
export const pseudonym = (subject: string, salt: string): string =>
  createHmac('sha256', salt).update(subject).digest('hex').slice(0, 16);

/** Members in the order of the places. @param lookback days of history; null: all */
export async function collectMembers(
  database: Database,
  places: readonly Place[],
  lookback: number | null,
  salt: string,
  progress: Progress,
): Promise<CohortMember[]> {
  await database.fill('places', {
    place: Int32Array.from(places, (_, i) => i),
    sid: Int32Array.from(places, ({ sid }) => sid),
    index: Int32Array.from(places, ({ index }) => index),
  });
  const kept = lookback === null ? '' : `WHERE "index" - day <= ${lookback}`;
  const persons = await database.rows<{
    subject: string;
    sex: Sex;
    site: string | null;
    birth: number;
    n: bigint;
  }>(`SELECT subject, sex, site, birth, n FROM places JOIN persons USING (sid)
    LEFT JOIN (SELECT place, count(*) AS n FROM places JOIN events USING (sid) ${kept} GROUP BY place) c USING (place) ORDER BY place`);
  const members = persons.map(({ subject, sex, site, birth, n }, i) => {
    const { matchSet, isCase, index } = places[i];
    const length = Number(n ?? 0);
    return {
      subject: pseudonym(subject, salt),
      matchSet,
      isCase,
      sex,
      age: completedYears(birth, index),
      ...(site === null ? {} : { site: pseudonym(site, salt) }),
      daysBefore: new Float32Array(length),
      concepts: new Uint32Array(length),
    };
  });
  const total = members.reduce((sum, { concepts }) => sum + concepts.length, 0);
  const task = progress.task('reading the records of the cohort', total, 'events');
  let place = -1;
  let at = 0;
  for await (const [row, before, cid] of database.chunks(
    `SELECT place, "index" - day, cid FROM places JOIN events USING (sid) ${kept} ORDER BY place, time, cid`,
  )) {
    for (let i = 0; i < row.length; i++) {
      if (row[i] !== place) {
        place = row[i] as number;
        at = 0;
      }
      members[place].daysBefore[at] = before[i] as number;
      members[place].concepts[at++] = cid[i] as number;
    }
    task.advance(row.length);
  }
  task.end();
  return members;
}

/** Without the concepts that nobody in the cohort has. */
export function withoutUnused(cohort: Cohort): Cohort {
  const used = new Uint8Array(cohort.concepts.length);
  for (const { concepts } of cohort.members) for (const concept of concepts) used[concept] = 1;
  const numbers = new Uint32Array(used.length);
  const concepts: Concept[] = [];
  used.forEach((is, i) => {
    if (is === 0) return;
    numbers[i] = concepts.length;
    concepts.push(cohort.concepts[i]);
  });
  const members = cohort.members.map((member) => ({
    ...member,
    concepts: member.concepts.map((concept) => numbers[concept]),
  }));
  return { ...cohort, concepts, members };
}
