// Small sets of records, written by the tests themselves.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import {
  type CohortDefinitionInput,
  cohortDefinition,
} from '../../../data-adapters/heart-failure/cohort/definition.ts';
import type { Cohort } from '../../../data-adapters/heart-failure/cohort.ts';
import { type OpenCohortOptions, openCohort } from '../../../data-adapters/heart-failure/open-cohort.ts';

const root = mkdtempSync(join(tmpdir(), 'deepfield-test-records-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let counter = 0;

/** A folder with these files, by their paths; names that end in .gz are compressed. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = join(root, String(counter++));
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  }
  return folder;
}

/** Lines of a table. */
export const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`;

export const cohortOf = (
  source: string,
  definition: CohortDefinitionInput = {},
  options: Partial<OpenCohortOptions> = {},
): Promise<Cohort> =>
  openCohort(source, cohortDefinition.parse(definition), {
    window: { observation: 365, gap: 0 },
    salt: 'a test',
    random: new RandomStream(1),
    threads: 1,
    ...options,
  });

/** What a test looks at: each member as `case 61: 424 401.9, 273 250.00`. */
export const told = ({ members, concepts }: Cohort): string[] =>
  members.map(
    ({ isCase, age, daysBefore, concepts: own }) =>
      `${isCase ? 'case' : 'control'} ${age}: ${[...own].map((c, i) => `${daysBefore[i]} ${concepts[c].code}`).join(', ')}`,
  );
