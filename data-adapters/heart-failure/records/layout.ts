// What a layout of health records says of itself, as data: its tables, and which columns of theirs hold what. Reading is done by
// others, in one way for all layouts. A column is called by its name, or by `table.name` where it is another's, joined.
import type { EventKind } from '../cohort.ts';
import type { Database } from './database.ts';
import type { DataFile, FoundTable } from './found-table.ts';

/** Where a code stands; the first place of several that holds a code and tells its system is taken. */
export interface CodeColumns {
  /** One column, or all those of a wide table whose names are like this. */
  readonly code: string | RegExp;
  /** The system that they are of. Left out: what `systemColumn` says, else what the code looks like. */
  readonly system?: string;
  readonly systemColumn?: string;
  /** Take it only where the system is one that is known by name. */
  readonly knownOnly?: boolean;
  /** What the values of `systemColumn` stand for: `{ '9': 'ICD9Proc' }`. */
  readonly systems?: Readonly<Record<string, string>>;
  readonly name?: string;
}

export interface Join {
  readonly table: string;
  /** Name for its columns, where it is joined twice; its own otherwise. */
  readonly as?: string;
  /** Column here and column there; several must all be equal. */
  readonly on: readonly (readonly [string, string])[];
}

/** A table of events; visits count as encounters and have no code. */
export interface EventTable {
  readonly table: string;
  readonly kind: EventKind | 'visit';
  /** Holds the kind in its own words, where it does; `kind` is for the others. */
  readonly kindColumn?: string;
  readonly subject: string;
  /** The first that holds something is when it was. */
  readonly time: readonly string[];
  readonly codes?: readonly CodeColumns[];
  readonly value?: string;
  readonly encounter?: string;
  readonly site?: string;
  readonly joins?: readonly Join[];
  /** Read only where this table is not there. */
  readonly insteadOf?: string;
}

/** A table of persons. */
export interface SubjectTable {
  readonly table: string;
  readonly subject: string;
  /** The first that holds something. */
  readonly birth?: readonly string[];
  /** Where only the year is known; the middle of it is taken. With `less`, the year less so many. */
  readonly birthYear?: { readonly year: string; readonly less?: string };
  /** Where the parts of a date stand apart. */
  readonly birthParts?: readonly [year: string, month: string, day: string];
  /** The first that says it. */
  readonly sex?: readonly string[];
  readonly death?: readonly string[];
  readonly site?: string;
  /** A person may have several rows. */
  readonly repeats?: boolean;
}

/** Begin and end of what is known of a person; several rows are put together. */
export interface CoverageTable {
  readonly table: string;
  readonly subject: string;
  readonly start: string;
  readonly end: string;
}

export interface FindOptions {
  /** Names that a source has for columns of events, by ours: `{ subject: 'patient_no' }`. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Gathers what a reader should know. */
  readonly notes: string[];
}

export interface Layout {
  /** `Synthea CSV`. */
  readonly name: string;
  /** Tables by name; the expression is for names of files, without folder and endings, where these differ. */
  readonly tables: Readonly<Record<string, RegExp | undefined>>;
  /** It is this layout when, of each of these groups, one table is there. */
  readonly needs: readonly (readonly string[])[];
  /** Columns of a table without a header; the first list that fits is taken. */
  readonly headerless?: Readonly<Record<string, readonly (readonly string[])[]>>;
  /** Names of files do not tell; what is in them does. */
  readonly byContent?: boolean;
  /** Makes the tables, where files alone are none; answers nothing where they are of another layout. */
  readonly find?: (
    files: readonly DataFile[],
    database: Database,
    options: FindOptions,
  ) => Promise<FoundTable[] | undefined>;
  readonly subjects: readonly SubjectTable[];
  readonly events: readonly EventTable[];
  readonly coverage?: readonly CoverageTable[];
  readonly deaths?: readonly {
    readonly table: string;
    readonly subject: string;
    readonly time: readonly string[];
  }[];
}
