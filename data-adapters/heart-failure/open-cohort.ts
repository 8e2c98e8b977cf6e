// From somebody's health records to a matched case-control cohort: recognises the layout, reads it into DuckDB, applies the rules and
// takes out the members' records under pseudonyms. Nothing of a person who is not in the cohort is kept, and nothing in
// a message tells of one.
import { basename } from 'node:path';
import { type Progress, silent } from '../../core/progress.ts';
import type { RandomStream } from '../../core/random.ts';
import { qualifying } from './codes/qualifying.ts';
import { findCases } from './cohort/case-rules.ts';
import { collectMembers, withoutUnused } from './cohort/collect-members.ts';
import type { CohortDefinition } from './cohort/definition.ts';
import { emptyCohort } from './cohort/empty-cohort.ts';
import { placeMembers } from './cohort/place-members.ts';
import { type Cohort, type Window, withoutAnswers } from './cohort.ts';
import { withoutPassword } from './records/attach.ts';
import { checkGzip } from './records/check-gzip.ts';
import { Database } from './records/database.ts';
import { fetched } from './records/fetched.ts';
import { loadConcepts } from './records/load-concepts.ts';
import { loadEvents } from './records/load-events.ts';
import { loadSubjects } from './records/load-subjects.ts';
import { putTogether } from './records/put-together.ts';
import { recognise } from './records/recognise.ts';
import { rejectedRows } from './records/rejected-rows.ts';

export interface OpenCohortOptions {
  /** What a model will see of a record; coverage and the least number of events are measured by it. */
  readonly window: Window;
  /** Makes pseudonyms; keep it with the run, or throw it away. */
  readonly salt: string;
  /** Draws the controls. */
  readonly random: RandomStream;
  readonly threads: number;
  /** What the whole of it may hold in memory, `1GB`. */
  readonly memory?: string;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** Columns of a plain table of events, by our names for them: `{ subject: 'patient_no', time: 'when' }`. */
  readonly columns?: Readonly<Record<string, string>>;
}

export interface RecognisedRecords {
  /** `OMOP CDM`. */
  readonly layout: string;
  readonly tables: readonly string[];
}

/** Memory of the process that is not DuckDB's: Node's own, and what DuckDB allocates beside its buffers. */
const share = 0.4;

/** `400MB` of `1GB`. */
export function partOf(memory: string): string {
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?)\s*([KMGT]?)i?B\s*$/i.exec(memory) ?? [];
  if (number === undefined) return memory;
  const bytes = Number(number) * 1000 ** ' KMGT'.indexOf(unit.toUpperCase() || ' ');
  return `${Math.max(100, Math.round((bytes * share) / 1e6))}MB`;
}

/**
 * Which layout a folder, file or URL of health records has.
 *
 * @throws UserError for a source of no known layout, which says what was looked for and what was found
 */
export async function recogniseRecords(
  source: string,
  columns?: Readonly<Record<string, string>>,
): Promise<RecognisedRecords> {
  const database = await Database.open({ threads: 1, memory: '400MB' });
  try {
    const path = await fetched(source, database.folder);
    const { layout, tables } = await recognise(database, path, { columns, notes: [] });
    return { layout: layout.name, tables: [...tables.keys()] };
  } finally {
    await database.close();
  }
}

/**
 * The matched cohort of a folder, a file, a DuckDB file, or a URL (http, https, postgres) of health records.
 *
 * @throws UserError for a source of no known layout, a table or column that is missing, dates that cannot be read, and a cohort
 *   without cases or controls
 */
export async function openCohort(
  source: string,
  definition: CohortDefinition,
  options: OpenCohortOptions,
): Promise<Cohort> {
  const { window, salt, random, threads, memory = '1GB', progress = silent, signal, columns } = options;
  const isQualifying = qualifying(definition.codes);
  const database = await Database.open({ threads, memory: partOf(memory), signal });
  try {
    const notes: string[] = [];
    const path = await fetched(source, database.folder, signal);
    const { layout, tables } = await recognise(database, path, { columns, notes });
    const task = progress.task(`reading ${layout.name}`, layout.events.length + 4, 'steps');
    await checkGzip(new Set([...tables.values()].flatMap(({ files }) => files)), signal);
    task.advance();
    notes.push(...(await loadSubjects(database, layout, tables)));
    task.advance();
    const events = await loadEvents(database, layout, tables, () => task.advance());
    notes.push(...events.notes);
    notes.push(...(await rejectedRows(database)));
    const { concepts, notes: strange } = await loadConcepts(database, isQualifying);
    notes.push(...strange);
    task.advance();
    notes.push(...(await putTogether(database, events.pieces)));
    task.advance();
    task.end();
    const where = withoutPassword(source);
    const { cases, funnel } = await findCases(database, definition, window);
    if (cases.length === 0) throw emptyCohort(funnel, where);
    const placed = await placeMembers(database, cases, definition, window, random);
    funnel.push(...placed.funnel);
    if (placed.places.length === 0) throw emptyCohort(funnel, where);
    const members = await collectMembers(database, placed.places, definition.lookback, salt, progress);
    const named = `${layout.name}: ${basename(where)}`;
    const cohort = { source: named, concepts, members, funnel, notes: [...notes, ...placed.notes] };
    return withoutUnused(withoutAnswers(cohort, isQualifying));
  } finally {
    await database.close();
  }
}
