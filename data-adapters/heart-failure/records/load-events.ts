// Events of all tables in one shape: whose, when, of which concept. Rows that cannot be used are counted, each for its reason.
import { UserError } from '../../../core/errors.ts';
import { eventKinds } from '../cohort.ts';
import { badDates } from './bad-dates.ts';
import {
  column,
  identity,
  needed,
  number,
  renamed,
  type Scope,
  text,
  textOrNull,
  time,
  timeText,
} from './columns.ts';
import { type Database, identifier, quote } from './database.ts';
import type { FoundTable } from './found-table.ts';
import type { CodeColumns, EventTable, Layout } from './layout.ts';
import { looksLike, onlyKnown } from './looks-like.ts';

type Tables = ReadonlyMap<string, FoundTable>;

interface Code {
  readonly code: string;
  readonly system: string;
  readonly name: string;
}

/** Each column of a wide table, or the one of another. */
function places(scope: Scope, declared: CodeColumns, kind: string): Code[] {
  const [own] = scope.values();
  const names =
    typeof declared.code === 'string'
      ? [declared.code]
      : [...own.columns.keys()].filter((name) => (declared.code as RegExp).test(name));
  return names.flatMap((name) => {
    const found = column(scope, name);
    if (found === undefined) return [];
    const code = `nullif(${text(found)}, '0')`;
    const said = textOrNull(scope, declared.systemColumn);
    const named = declared.systems === undefined ? said : renamed(said, declared.systems);
    const system =
      declared.system !== undefined
        ? quote(declared.system)
        : declared.knownOnly === true
          ? onlyKnown(named)
          : `coalesce(${named}, ${looksLike(code, kind)})`;
    return [{ code, system, name: textOrNull(scope, declared.name) }];
  });
}

/** Code, system and name as a structure; of a wide table a list of them. */
function concept(scope: Scope, table: EventTable): string {
  const kind = table.kind;
  const struct = ({ code, system, name }: Code): string =>
    `{'code': ${code}, 'system': ${system}, 'name': ${name}}`;
  const groups = (table.codes ?? []).map((declared) => places(scope, declared, kind));
  if (table.codes?.some(({ code }) => typeof code !== 'string'))
    return `unnest(list_filter([${groups.flat().map(struct).join(', ')}], lambda each: each.code IS NOT NULL))`;
  const nothing = "{'code': NULL::VARCHAR, 'system': NULL::VARCHAR, 'name': NULL::VARCHAR}";
  const choices = groups.flat();
  if (choices.length === 0) return nothing;
  const whens = choices.map(
    (each) => `WHEN ${each.code} IS NOT NULL AND ${each.system} IS NOT NULL THEN ${struct(each)}`,
  );
  return `CASE ${whens.join(' ')} ELSE ${struct({ ...choices[0], code: `coalesce(${choices.map(({ code }) => code).join(', ')})` })} END`;
}

/** The table with those joined to it, those that are there. */
function scopeOf(table: EventTable, tables: Tables): { scope: Scope; from: string } | undefined {
  const own = tables.get(table.table);
  if (own === undefined) return undefined;
  const scope = new Map([[table.table, own]]);
  let from = `FROM ${own.relation} AS ${identifier(table.table)}`;
  for (const join of table.joins ?? []) {
    const other = tables.get(join.table);
    const alias = join.as ?? join.table;
    if (other === undefined) continue;
    const there: Scope = new Map([[alias, other]]);
    const pairs = join.on.map(([here, name]) => [column(scope, here), column(there, name)] as const);
    if (pairs.some(([a, b]) => a === undefined || b === undefined)) continue;
    scope.set(alias, other);
    const same = pairs.map(([a, b]) => `${text(a!)} = ${text(b!)}`).join(' AND ');
    from += ` LEFT JOIN ${other.relation} AS ${identifier(alias)} ON ${same}`;
  }
  return { scope, from };
}

/** Fills a table `piece` of the rows of one table. @returns notes */
async function load(
  database: Database,
  piece: string,
  table: EventTable,
  tables: Tables,
): Promise<string[] | undefined> {
  const found = scopeOf(table, tables);
  if (found === undefined) return undefined;
  const { scope, from } = found;
  const own = scope.get(table.table)!;
  const [subject] = needed(scope, [table.subject]);
  const times = needed(scope, table.time);
  if (table.codes?.every((each) => places(scope, each, table.kind).length === 0)) {
    needed(
      scope,
      table.codes.map(({ code }) => (typeof code === 'string' ? code : code.source)),
    );
  }
  const kinds = eventKinds.map(quote).join(', ');
  const word = `lower(${textOrNull(scope, table.kindColumn)})`;
  const kind =
    table.kindColumn === undefined
      ? quote(table.kind)
      : `CASE WHEN ${word} IN (${kinds}) THEN ${word} ELSE ${quote(table.kind)} END`;
  await database.run(`CREATE TABLE ${piece} AS SELECT subject, time, bad, kind, concept.code AS code, concept.system AS system, concept.name AS name, value, encounter, site FROM (
    SELECT ${text(subject)} AS subject, ${time(times)} AS time, CASE WHEN ${time(times)} IS NULL THEN ${timeText(times)} END AS bad, ${kind} AS kind,
      ${concept(scope, table)} AS concept, ${number(scope, table.value)} AS value, ${identity(scope, table.encounter)} AS encounter, ${identity(scope, table.site)} AS site
    ${from})`);
  const wide = table.codes?.some(({ code }) => typeof code !== 'string') === true;
  const [counts] = await database.rows<Record<'bad' | 'undated' | 'whole' | 'codeless', bigint>>(
    `SELECT count(bad) AS bad, count(*) FILTER (WHERE time IS NULL AND bad IS NULL) AS undated, count(*) AS whole,
       count(*) FILTER (WHERE code IS NULL AND kind <> 'visit') AS codeless FROM ${piece}`,
  );
  const notes: string[] = [];
  if (counts.bad > 0)
    notes.push(await badDates(database, own, times, Number(counts.bad), Number(counts.whole)));
  if (counts.undated > 0) {
    const what = wide ? `codes (${table.kind})` : 'rows';
    notes.push(`${table.table}: ${counts.undated} ${what} without a date left out`);
  }
  if (counts.codeless > 0 && !wide)
    notes.push(`${table.table}: ${counts.codeless} rows without a code left out`);
  return notes;
}

/**
 * Makes the view `raw(subject, time, kind, code, system, name, value, encounter, site)`, visits without a code among them, of a table for
 * each that is read.
 *
 * @param advance is told of each table that is done
 * @throws UserError when no event is there
 */
export async function loadEvents(
  database: Database,
  layout: Layout,
  tables: Tables,
  advance: () => void,
): Promise<{ pieces: readonly string[]; notes: readonly string[] }> {
  const notes: string[] = [];
  const pieces: string[] = [];
  for (const table of layout.events) {
    const piece = `piece_${pieces.length}`;
    const doubled = table.insteadOf !== undefined && tables.has(table.insteadOf);
    const said = doubled ? undefined : await load(database, piece, table, tables);
    if (said !== undefined) {
      pieces.push(piece);
      notes.push(...said);
    }
    advance();
  }
  const usable = "WHERE time IS NOT NULL AND (code IS NOT NULL OR kind = 'visit')";
  const parts = pieces.map((piece) => `SELECT * EXCLUDE bad FROM ${piece} ${usable}`);
  if (parts.length > 0) await database.run(`CREATE VIEW raw AS ${parts.join(' UNION ALL ')}`);
  if (parts.length === 0 || (await database.count("SELECT count(*) FROM raw WHERE kind <> 'visit'")) === 0) {
    throw new UserError({
      what: `holds no event (${layout.name})`,
      where: [...tables.values()][0]?.where,
      how: `looked for the tables ${[...new Set(layout.events.map(({ table }) => table))].join(', ')}`,
    });
  }
  return { pieces, notes };
}
