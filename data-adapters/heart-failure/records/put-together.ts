// Persons, events and concepts put together: what can be no event of a life is counted and left out, and what stands twice is one.
import type { Database } from './database.ts';

const day = (sql: string): string => `(${sql}::DATE - DATE '1970-01-01')::INTEGER`;

/**
 * Makes of `raw`, `dictionary`, `meanings` and `subjects`:
 *
 * - `events(sid, day, time, cid, qualifying)`: days since 1970;
 * - `encounters(sid, day)`: each with a qualifying code, once, on its first day;
 * - `people(sid, subject, sex, site, birth, death, start, finish, first, last, covered)`: first and last day with anything, and how far
 *   the record reaches; the clinic is the person's own or else the one of most entries; `covered` where the source tells so.
 *
 * @param pieces tables that `raw` is a view of; they are dropped
 * @returns notes
 */
export async function putTogether(database: Database, pieces: readonly string[]): Promise<string[]> {
  const notes: string[] = [];
  const count = async (sql: string, sentence: (n: number) => string): Promise<void> => {
    const n = await database.count(sql);
    if (n > 0) notes.push(sentence(n));
  };
  await count('SELECT count(*) FROM raw WHERE subject IS NULL', (n) => `${n} events of nobody left out`);
  await count(
    'SELECT count(*) FROM raw ANTI JOIN subjects USING (subject) WHERE raw.subject IS NOT NULL',
    (n) => `${n} events of persons that the source does not list left out`,
  );
  await database.run(`CREATE TABLE lived AS SELECT s.sid, r.time, m.cid, m.qualifying = 1 AS qualifying, CASE WHEN m.qualifying = 1 THEN r.encounter END AS encounter,
      r.site, s.earliest IS NOT NULL AND r.time::DATE < s.earliest AS unborn, s.death IS NOT NULL AND r.time::DATE > s.death AS dead
    FROM raw r JOIN subjects s USING (subject)
    LEFT JOIN dictionary d ON r.code = d.code AND r.system IS NOT DISTINCT FROM d.system AND r.kind = d.kind LEFT JOIN meanings m USING (id)`);
  await database.run('DROP VIEW raw');
  for (const piece of pieces) await database.run(`DROP TABLE ${piece}`);
  await count('SELECT count(*) FROM lived WHERE unborn', (n) => `${n} events before birth left out`);
  await count(
    'SELECT count(*) FROM lived WHERE dead AND NOT unborn',
    (n) => `${n} events after death left out`,
  );
  const real = 'NOT unborn AND NOT dead';
  await database.run(
    `CREATE TABLE events AS SELECT DISTINCT sid, ${day('time')} AS day, time, cid, qualifying FROM lived WHERE ${real} AND cid IS NOT NULL`,
  );
  const [{ all, once }] = await database.rows<{ all: bigint; once: bigint }>(
    `SELECT (SELECT count(*) FROM lived WHERE ${real} AND cid IS NOT NULL) AS "all", (SELECT count(*) FROM events) AS once`,
  );
  if (all > once) notes.push(`${all - once} events that stand in the source more than once taken once`);
  await database.run(`CREATE TABLE encounters AS SELECT sid, min(${day('time')}) AS day FROM lived WHERE ${real} AND qualifying
    GROUP BY sid, coalesce(encounter, ${day('time')}::VARCHAR)`);
  await database.run(`CREATE TABLE people AS SELECT s.sid, s.subject, s.sex, coalesce(s.site, c.site) AS site, ${day('s.birth')} AS birth, ${day('s.death')} AS death,
      coalesce(${day('s.coverage_start')}, l.first) AS start, coalesce(${day('s.coverage_end')}, l.last) AS finish, l.first, l.last, s.coverage_end IS NOT NULL AS covered
    FROM subjects s JOIN (SELECT sid, min(${day('time')}) AS first, max(${day('time')}) AS last FROM lived WHERE ${real} GROUP BY sid) l USING (sid)
    LEFT JOIN (SELECT sid, arg_max(site, {'n': n, 'site': site}) AS site FROM (
      SELECT sid, site, count(*) AS n FROM lived WHERE ${real} AND site IS NOT NULL GROUP BY sid, site) GROUP BY sid) c USING (sid)`);
  await database.run('DROP TABLE lived');
  return notes;
}
