// Everybody who may be a control, as arrays: a hundred bytes a person, so that pairs of persons need no database.
import type { Database } from '../records/database.ts';
import type { CohortDefinition } from './definition.ts';

/** Stands for no day at all. */
export const never = 2_147_483_647;

/** Days are counted since 1970; a birth, death or onset that is not known is {@link never}. */
export interface People {
  /** Numbers in the source's order. */
  readonly sid: Int32Array;
  /** Persons with one number agree in all that is matched exactly: sex, clinic. */
  readonly group: Int32Array;
  readonly birth: Int32Array;
  readonly death: Int32Array;
  readonly start: Int32Array;
  /** Where the record ends; {@link never} where the source does not tell. */
  readonly finish: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly onset: Int32Array;
}

/** Days with events, person by person, and how many there were up to and with each. */
export interface Activity {
  /** Where the days of a person begin; one more than persons. */
  readonly offsets: Int32Array;
  readonly days: Int32Array;
  readonly upTo: Int32Array;
}

const columns = ['sid', 'group', 'birth', 'death', 'start', 'finish', 'first', 'last', 'onset'] as const;

export async function readPeople(database: Database, { match }: CohortDefinition): Promise<People> {
  const size = await database.count('SELECT count(*) FROM persons');
  const key = `concat(${match.sex ? 'sex' : "''"}, '|', ${match.site ? "coalesce(site, '')" : "''"})`;
  const people = Object.fromEntries(columns.map((name) => [name, new Int32Array(size)])) as Record<
    (typeof columns)[number],
    Int32Array
  >;
  let row = 0;
  const query = `SELECT sid, dense_rank() OVER (ORDER BY ${key})::INTEGER, coalesce(birth, ${never}), coalesce(death, ${never}), start,
    CASE WHEN covered THEN finish ELSE ${never} END, first, last, coalesce(onset, ${never}) FROM persons ORDER BY sid`;
  for await (const chunk of database.chunks(query)) {
    columns.forEach((name, i) => {
      people[name].set(chunk[i] as number[], row);
    });
    row += chunk[0].length;
  }
  return people;
}

/** Events without qualifying codes, by person and day, of those days alone that some window may hold. */
export async function readActivity(
  database: Database,
  people: People,
  from: number,
  to: number,
): Promise<Activity> {
  const where = `NOT qualifying AND day BETWEEN ${from} AND ${to}`;
  const size = await database.count(
    `SELECT count(*) FROM (SELECT DISTINCT sid, day FROM events WHERE ${where})`,
  );
  const days = new Int32Array(size);
  const upTo = new Int32Array(size);
  const offsets = new Int32Array(people.sid.length + 1);
  let row = 0;
  let person = 0;
  let total = 0;
  const query = `SELECT sid, day, count(*)::INTEGER FROM events WHERE ${where} GROUP BY sid, day ORDER BY sid, day`;
  for await (const [sid, day, count] of database.chunks(query)) {
    for (let i = 0; i < sid.length; i++) {
      while (people.sid[person] !== sid[i]) offsets[++person] = row;
      total += count[i] as number;
      days[row] = day[i] as number;
      upTo[row] = total;
      row++;
    }
  }
  while (person < people.sid.length) offsets[++person] = row;
  return { offsets, days, upTo };
}

/** Events of a person on the days `from < day <= to`. */
export function eventsBetween(
  { offsets, days, upTo }: Activity,
  person: number,
  from: number,
  to: number,
): number {
  const begin = offsets[person];
  const before = (day: number): number => {
    let low = begin;
    let high = offsets[person + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (days[middle] <= day) low = middle + 1;
      else high = middle;
    }
    return low === begin ? (begin === 0 ? 0 : upTo[begin - 1]) : upTo[low - 1];
  };
  return before(to) - before(from);
}
