// Persons of all tables that tell of them, each once: birth, sex, death, clinic, and how long they are covered.
import { UserError } from '../../../core/errors.ts';
import { badDates } from './bad-dates.ts';
import { column, identity, needed, type Scope, sex, text, textOrNull, time, timeText } from './columns.ts';
import { type Database, identifier } from './database.ts';
import type { FoundTable } from './found-table.ts';
import type { Layout, SubjectTable } from './layout.ts';

const day = (sql: string): string => `(${sql})::DATE`;
const date = (year: string, month: string, of: string): string =>
  `try_strptime(concat_ws('-', ${year}, ${month}, ${of}), '%Y-%m-%d')::DATE`;

/** Birth, and the first day that it may have been on. */
function births(scope: Scope, table: SubjectTable): readonly [birth: string, earliest: string] {
  const choices: (readonly [string, string])[] = [];
  const columns = (table.birth ?? []).flatMap((name) => column(scope, name) ?? []);
  if (columns.length > 0) choices.push([day(time(columns)), day(time(columns))]);
  if (table.birthParts !== undefined) {
    const [year, month, of] = table.birthParts.map((name) => textOrNull(scope, name));
    const whole = `CASE WHEN ${month} IS NULL OR ${of} IS NULL THEN NULL ELSE ${date(year, month, of)} END`;
    choices.push([whole, whole]);
    const inMonth = `CASE WHEN ${month} IS NULL THEN NULL ELSE ${date(year, month, "'15'")} END`;
    choices.push([inMonth, `date_trunc('month', ${inMonth})::DATE`]);
  }
  if (table.birthYear !== undefined) {
    const { year, less } = table.birthYear;
    const of = textOrNull(scope, year);
    const born =
      less === undefined
        ? of
        : `(TRY_CAST(${of} AS INTEGER) - TRY_CAST(${textOrNull(scope, less)} AS INTEGER))`;
    choices.push([date(born, "'7'", "'1'"), date(born, "'1'", "'1'")]);
  }
  if (choices.length === 0) return ['NULL::DATE', 'NULL::DATE'];
  return [
    `coalesce(${choices.map(([birth]) => birth).join(', ')})`,
    `coalesce(${choices.map(([, earliest]) => earliest).join(', ')})`,
  ];
}

async function insertSubjects(
  database: Database,
  layout: Layout,
  tables: ReadonlyMap<string, FoundTable>,
): Promise<string[]> {
  const notes: string[] = [];
  for (const declared of layout.subjects) {
    const table = tables.get(declared.table);
    if (table === undefined) continue;
    const scope: Scope = new Map([[declared.table, table]]);
    const [subject] = needed(scope, [declared.subject]);
    const [birth, earliest] = births(scope, declared);
    const deaths = (declared.death ?? []).flatMap((name) => column(scope, name) ?? []);
    const from = `FROM ${table.relation} AS ${identifier(declared.table)}`;
    await database.run(`INSERT INTO person_rows SELECT ${text(subject)}, ${birth}, ${earliest}, ${sex(scope, declared.sex)},
      ${deaths.length === 0 ? 'NULL' : day(time(deaths))}, ${identity(scope, declared.site)}, ${declared.repeats === true} ${from}`);
    for (const names of [declared.birth, declared.death]) {
      const columns = (names ?? []).flatMap((name) => column(scope, name) ?? []);
      if (columns.length === 0) continue;
      const [{ bad, total }] = await database.rows<{ bad: bigint; total: bigint }>(
        `SELECT count(*) FILTER (WHERE ${time(columns)} IS NULL AND ${timeText(columns)} IS NOT NULL) AS bad, count(${timeText(columns)}) AS total ${from}`,
      );
      if (bad > 0) {
        const note = await badDates(database, table, columns, Number(bad), Number(total));
        notes.push(
          note.replace(
            'rows with a date that cannot be read left out',
            'dates of birth or death that cannot be read',
          ),
        );
      }
    }
  }
  return notes;
}

async function insertDates(
  database: Database,
  layout: Layout,
  tables: ReadonlyMap<string, FoundTable>,
): Promise<void> {
  for (const { table: name, subject, time: columns } of layout.deaths ?? []) {
    const table = tables.get(name);
    if (table === undefined) continue;
    const scope: Scope = new Map([[name, table]]);
    await database.run(`INSERT INTO deaths SELECT ${text(needed(scope, [subject])[0])}, ${day(time(needed(scope, columns)))}
      FROM ${table.relation} AS ${identifier(name)}`);
  }
  for (const { table: name, subject, start, end } of layout.coverage ?? []) {
    const table = tables.get(name);
    if (table === undefined) continue;
    const scope: Scope = new Map([[name, table]]);
    await database.run(`INSERT INTO coverage SELECT ${text(needed(scope, [subject])[0])}, ${day(time(needed(scope, [start])))},
      ${day(time(needed(scope, [end])))} FROM ${table.relation} AS ${identifier(name)}`);
  }
}

/**
 * Makes the table `subjects(sid, subject, birth, earliest, sex, death, site, coverage_start, coverage_end)`, numbered in the order of
 * the source's identifiers, whatever the order of its rows.
 *
 * @returns notes
 */
export async function loadSubjects(
  database: Database,
  layout: Layout,
  tables: ReadonlyMap<string, FoundTable>,
): Promise<string[]> {
  await database.run(
    'CREATE TABLE person_rows (subject VARCHAR, birth DATE, earliest DATE, sex VARCHAR, death DATE, site VARCHAR, repeats BOOLEAN)',
  );
  await database.run('CREATE TABLE deaths (subject VARCHAR, death DATE)');
  await database.run('CREATE TABLE coverage (subject VARCHAR, first DATE, last DATE)');
  const notes = await insertSubjects(database, layout, tables);
  await insertDates(database, layout, tables);
  const nameless = await database.count('SELECT count(*) FROM person_rows WHERE subject IS NULL');
  if (nameless > 0) notes.push(`${nameless} persons without an identifier left out`);
  const [{ twice, unlike, births }] = await database.rows<{ twice: bigint; unlike: bigint; births: bigint }>(
    `SELECT count(*) FILTER (WHERE n > 1) AS twice, count(*) FILTER (WHERE kinds > 1) AS unlike, count(*) FILTER (WHERE born) AS births FROM (
       SELECT count(*) FILTER (WHERE NOT repeats) AS n, greatest(count(DISTINCT birth), count(DISTINCT sex)) AS kinds, bool_or(birth IS NOT NULL) AS born
       FROM person_rows WHERE subject IS NOT NULL GROUP BY subject)`,
  );
  if (twice > 0) notes.push(`${twice} persons stand in the source more than once; each is taken once`);
  if (unlike > 0) {
    notes.push(
      `${unlike} persons have more than one date of birth or sex; the earliest birth and the first sex by name are taken`,
    );
  }
  await database.run(`CREATE TABLE subjects AS SELECT (row_number() OVER (ORDER BY subject) - 1)::INTEGER AS sid, * FROM (
    SELECT p.subject, min(birth) AS birth, min(earliest) AS earliest, min(sex) AS sex, coalesce(min(d.death), min(p.death)) AS death, min(site) AS site,
      min(c.first) AS coverage_start, max(c.last) AS coverage_end
    FROM person_rows p
    LEFT JOIN (SELECT subject, min(death) AS death FROM deaths GROUP BY subject) d ON d.subject = p.subject
    LEFT JOIN (SELECT subject, min(first) AS first, max(last) AS last FROM coverage GROUP BY subject) c ON c.subject = p.subject
    WHERE p.subject IS NOT NULL GROUP BY p.subject)`);
  const persons = await database.count('SELECT count(*) FROM subjects');
  if (persons === 0) {
    throw new UserError({
      what: 'no person was found',
      where: [...tables.values()][0]?.where,
      how: `check the table ${layout.subjects.map(({ table }) => table).join(' or ')}`,
    });
  }
  if (Number(births) < persons) notes.push(`${persons - Number(births)} persons without a date of birth`);
  for (const table of ['person_rows', 'deaths', 'coverage']) await database.run(`DROP TABLE ${table}`);
  return notes;
}
