// Who is a case and when: the paper's rules in SQL, each a step of the funnel. The index date is that of the first encounter with a
// qualifying code from which on there are as many as asked for within as long as asked for; an encounter whose successors are too far
// gives way to the next ("if first and second code are more than 12 months apart, the second becomes the first").
import type { FunnelStep, Window } from '../cohort.ts';
import type { Database } from '../records/database.ts';
import type { CohortDefinition } from './definition.ts';

interface Rule {
  readonly rule: string;
  /** Condition on `persons`, with `onset` and `first_code` beside the columns of `people`. */
  readonly holds: string;
}

/** Days that a record must reach back from the index date. */
export const reach = ({ coverage }: CohortDefinition, { observation, gap }: Window): number =>
  Math.round(coverage * (observation + gap));

function rules(definition: CohortDefinition, window: Window): Rule[] {
  const { occurrences, within, age, washout, minimumEvents } = definition;
  const [youngest, oldest] = age;
  const back = reach(definition, window);
  const list: Rule[] = [
    { rule: 'a qualifying code', holds: 'first_code IS NOT NULL' },
    ...(occurrences === 1
      ? []
      : [
          {
            rule: `at least ${occurrences} encounters with a qualifying code within ${within} days`,
            holds: 'onset IS NOT NULL',
          },
        ]),
    {
      rule: `age ${youngest} to ${oldest} at the index date`,
      holds: `birth IS NOT NULL AND date_sub('year', DATE '1970-01-01' + birth, DATE '1970-01-01' + onset) BETWEEN ${youngest} AND ${oldest}`,
    },
  ];
  if (washout > 0) {
    list.push({
      rule: `${washout} days of record before the first qualifying code`,
      holds: `first_code - start >= ${washout}`,
    });
  }
  list.push({
    rule: `a record of ${back} days before the index date`,
    holds: `start <= onset - ${back} AND (NOT covered OR finish >= onset)`,
  });
  if (minimumEvents > 0) {
    list.push({
      rule: `at least ${minimumEvents} events in the observation window`,
      holds: `seen >= ${minimumEvents}`,
    });
  }
  return list;
}

/**
 * Makes the table `persons`: `people` with `onset`, `first_code` and `seen`, the events in the window before an onset.
 *
 * @returns numbers (`sid`) of the cases, in order, and the funnel of those who may be one
 */
export async function findCases(
  database: Database,
  definition: CohortDefinition,
  window: Window,
): Promise<{ cases: Int32Array; funnel: FunnelStep[] }> {
  const { occurrences, within } = definition;
  await database.run(`CREATE TABLE persons AS
    WITH onsets AS (
      SELECT sid, min(day) AS onset FROM (
        SELECT sid, day, lead(day, ${occurrences - 1}) OVER (PARTITION BY sid ORDER BY day) AS last FROM encounters)
      WHERE last - day <= ${within} GROUP BY sid),
    codes AS (SELECT sid, min(day) AS first_code FROM encounters GROUP BY sid),
    windows AS (
      SELECT sid, count(*) AS seen FROM onsets JOIN events USING (sid)
      WHERE NOT qualifying AND onset - day > ${window.gap} AND onset - day <= ${window.gap + window.observation} GROUP BY sid)
    SELECT people.*, onset, first_code, coalesce(seen, 0) AS seen
    FROM people LEFT JOIN onsets USING (sid) LEFT JOIN codes USING (sid) LEFT JOIN windows USING (sid)`);
  const list = rules(definition, window);
  const passed = (n: number): string =>
    list
      .slice(0, n + 1)
      .map(({ holds }) => `(${holds})`)
      .join(' AND ');
  const counts = list.map((_, n) => `count(*) FILTER (WHERE ${passed(n)}) AS n${n}`).join(', ');
  const [row] = await database.rows<Record<string, bigint>>(
    `SELECT (SELECT count(*) FROM subjects) AS everybody, count(*) AS alive, ${counts} FROM persons`,
  );
  const found = await database.rows<{ sid: number }>(
    `SELECT sid FROM persons WHERE ${passed(list.length - 1)} ORDER BY sid`,
  );
  return {
    cases: Int32Array.from(found, ({ sid }) => sid),
    funnel: [
      { rule: 'everybody in the source', subjects: Number(row.everybody) },
      { rule: 'a dated event or encounter', subjects: Number(row.alive) },
      ...list.map(({ rule }, n) => ({ rule, cases: Number(row[`n${n}`]) })),
    ],
  };
}
