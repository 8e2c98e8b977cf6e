// Columns of found tables as expressions of SQL: text without blanks about it, times, numbers. What is not there is NULL, unless
// it must be there.
import { UserError } from '../../../core/errors.ts';
import { identifier, quote } from './database.ts';
import type { FoundTable } from './found-table.ts';

/** Tables in scope, each under its alias; the first is the one that columns without a prefix are of. */
export type Scope = ReadonlyMap<string, FoundTable>;

export interface Column {
  readonly sql: string;
  readonly type: string;
}

/** The column, or undefined where table or column are not there. */
export function column(scope: Scope, name: string): Column | undefined {
  const dot = name.indexOf('.');
  const own = [...scope.keys()][0];
  const alias = dot > 0 && scope.has(name.slice(0, dot)) ? name.slice(0, dot) : own;
  const bare = dot > 0 ? name.slice(dot + 1) : name;
  if (dot > 0 && alias !== name.slice(0, dot)) return undefined;
  const type = scope.get(alias)?.columns.get(bare.toLowerCase());
  return type === undefined ? undefined : { sql: `${identifier(alias)}.${identifier(bare)}`, type };
}

/** @throws UserError that names the column, and those that there are */
export function needed(scope: Scope, names: readonly string[]): Column[] {
  const found = names.flatMap((name) => column(scope, name) ?? []);
  if (found.length > 0) return found;
  const [table] = scope.values();
  throw new UserError({
    what: `has no column ${names.join(' or ')}; it has ${[...table.columns.keys()].filter((name) => name !== 'source_file').join(', ')}`,
    where: table.where,
    how: `name the column ${names[0]}`,
  });
}

/** Not empty, no blanks about it. */
export const text = ({ sql, type }: Column): string =>
  type === 'VARCHAR' ? `nullif(trim(${sql}), '')` : `nullif(trim(${sql}::VARCHAR), '')`;

export const textOrNull = (scope: Scope, name: string | undefined): string => {
  const found = name === undefined ? undefined : column(scope, name);
  return found === undefined ? 'NULL::VARCHAR' : text(found);
};

/** Identifiers that stand for none in tables whose columns must not be empty. */
export const identity = (scope: Scope, name: string | undefined): string =>
  `nullif(${textOrNull(scope, name)}, '0')`;

export const number = (scope: Scope, name: string | undefined): string => {
  const found = name === undefined ? undefined : column(scope, name);
  return found === undefined ? 'NULL::DOUBLE' : `TRY_CAST(${found.sql} AS DOUBLE)`;
};

/**
 * A text as a time: ISO 8601 in part or whole, or `20090412`. The clock is that of the place: what says how far it is from
 * Greenwich is left out, so that an evening's visit stays on its day.
 */
const parsed = (sql: string): string =>
  `coalesce(TRY_CAST(left(${sql}, 19) AS TIMESTAMP), try_strptime(${sql}, ['%Y%m%d', '%Y-%m', '%Y']))`;

/** The first time that one of the columns holds. */
export function time(columns: readonly Column[]): string {
  const each = columns.map((found) =>
    found.type === 'VARCHAR' ? parsed(text(found)) : `TRY_CAST(${found.sql} AS TIMESTAMP)`,
  );
  return each.length === 1 ? each[0] : `coalesce(${each.join(', ')})`;
}

/** What stands where a time should: the text, where there is one. */
export const timeText = (columns: readonly Column[]): string => `coalesce(${columns.map(text).join(', ')})`;

/** `female`, `male` or `unknown`, as the first of the columns says in the words of any layout: HL7, OMOP's concepts, ISO 5218. */
export function sex(scope: Scope, names: readonly string[] = []): string {
  const each = names.map((name) => {
    const word = `upper(${textOrNull(scope, name)})`;
    return `CASE WHEN ${word} IN ('F', 'FEMALE', '2', '8532') THEN 'female' WHEN ${word} IN ('M', 'MALE', '1', '8507') THEN 'male' END`;
  });
  return `coalesce(${[...each, "'unknown'"].join(', ')})`;
}

/** A value in place of another: `CASE x WHEN '9' THEN 'ICD9CM' ELSE x END`. */
export const renamed = (sql: string, names: Readonly<Record<string, string>>): string =>
  `CASE ${sql} ${Object.entries(names)
    .map(([from, to]) => `WHEN ${quote(from)} THEN ${quote(to)}`)
    .join(' ')} ELSE ${sql} END`;
