// Codes by group: CCS of AHRQ (single level, https://hcup-us.ahrq.gov/toolssoftware/ccs/ccs.jsp, with its single quotes), a drug class, or any
// table of two columns. A code that the table does not have stays what it is, and is counted.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import type { Concept } from './cohort.ts';

/** Groups by code, both as the file has them; the codes without dots and in upper case. */
export interface GroupMap {
  /** The file's name. */
  readonly name: string;
  /** Code systems that it is for; empty: any. */
  readonly systems: readonly string[];
  readonly groups: ReadonlyMap<string, { readonly group: string; readonly name?: string }>;
}

const bare = (code: string): string => code.trim().toUpperCase().replaceAll('.', '');
const unquoted = (cell: string): string =>
  cell
    .trim()
    .replace(/^'(.*)'$/, '$1')
    .trim();

/** AHRQ's files say in their header which codes they are of, and the name of the file whether of procedures. */
function systemsOf(header: readonly string[], file: string): string[] {
  const ofProcedures = /(^|[_\-$])(pr|procedures?)([_\-.]|$)/i.test(file);
  const said = header.join(' ').toUpperCase();
  if (said.includes('ICD-9-CM')) return [ofProcedures ? 'ICD9Proc' : 'ICD9CM'];
  if (said.includes('ICD-10-CM')) return ['ICD10CM'];
  if (said.includes('ICD-10-PCS')) return ['ICD10PCS'];
  return [];
}

/**
 * Reads a map of codes to groups: the first two columns, the third is the group's name where it is called a description.
 *
 * @param systems code systems that the map is for, where its header does not tell; any when left out
 * @throws UserError when the file is no table of two columns or more
 */
export async function readGroupMap(path: string, systems?: readonly string[]): Promise<GroupMap> {
  let bytes = await readFile(path).catch(async (error) => {
    throw await readError(error, path);
  });
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      bytes = gunzipSync(bytes);
    } catch (error) {
      throw new UserError({ what: 'is a damaged gzip file', where: path, how: 'copy it anew', cause: error });
    }
  }
  const { data } = Papa.parse<string[]>(bytes.toString('utf8').replace(/^\ufeff/, ''), {
    skipEmptyLines: 'greedy',
  });
  const start = data.findIndex((row) => row.length >= 2);
  if (start < 0) {
    throw new UserError({
      what: 'is no table of codes and groups',
      where: path,
      how: 'give two columns, code and group',
    });
  }
  const header = data[start].map(unquoted);
  const named = header.findIndex((cell) =>
    /(category|group|ccs|class)\w*\s*(description|label|name)/i.test(cell),
  );
  const groups = new Map<string, { group: string; name?: string }>();
  for (const row of data.slice(start + 1)) {
    const code = bare(unquoted(row[0] ?? ''));
    const group = unquoted(row[1] ?? '');
    if (code === '' || group === '') continue;
    const name = named < 0 ? '' : unquoted(row[named] ?? '');
    groups.set(code, name === '' ? { group } : { group, name });
  }
  if (groups.size === 0) {
    throw new UserError({
      what: 'maps no code to a group',
      where: path,
      how: 'give two columns, code and group',
    });
  }
  return { name: basename(path), systems: systems ?? systemsOf(header, basename(path)), groups };
}

export interface GroupedConcepts {
  readonly concepts: readonly Concept[];
  /** The new concept's number of each old one. */
  readonly numbers: Uint32Array;
  /** Old concepts that belong to no group; they are kept as they are. */
  readonly unmapped: number;
}

/**
 * Concepts by group, in the order of their first code.
 *
 * @param groupOf the group of a concept, as a concept; undefined where it has none
 */
export function groupConceptsBy(
  concepts: readonly Concept[],
  groupOf: (concept: Concept) => Concept | undefined,
): GroupedConcepts {
  const grouped: Concept[] = [];
  const byKey = new Map<string, number>();
  let unmapped = 0;
  const numbers = Uint32Array.from(concepts, (concept) => {
    const group = groupOf(concept);
    if (group === undefined) unmapped++;
    const to = group ?? concept;
    const key = `${to.system}\u0000${to.kind}\u0000${to.code}`;
    const number = byKey.get(key) ?? grouped.length;
    if (number === grouped.length) {
      byKey.set(key, number);
      grouped.push(to);
    }
    return number;
  });
  return { concepts: grouped, numbers, unmapped };
}

/**
 * Concepts by the groups of files. A group is a concept whose system is the map's name.
 *
 * @param maps the first that has a code says its group
 */
export const groupConcepts = (concepts: readonly Concept[], maps: readonly GroupMap[]): GroupedConcepts =>
  groupConceptsBy(concepts, ({ code, system, kind }) => {
    const map = maps.find(
      ({ systems, groups }) => (systems.length === 0 || systems.includes(system)) && groups.has(bare(code)),
    );
    const found = map?.groups.get(bare(code));
    if (map === undefined || found === undefined) return undefined;
    return {
      code: found.group,
      system: map.name,
      kind,
      ...(found.name === undefined ? {} : { name: found.name }),
    };
  });
