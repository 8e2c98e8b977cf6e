// Concepts of all events, each once and in one way of writing: numbered by system, kind and code, whatever the order of the rows.

import { knownSystem, normaliseCode } from '../codes/code-systems.ts';
import type { Concept, EventKind } from '../cohort.ts';
import type { Database } from './database.ts';

export interface Concepts {
  readonly concepts: readonly Concept[];
  /** Whether the concept of this number is one of those that define a case. */
  readonly qualifying: readonly boolean[];
  readonly notes: readonly string[];
}

interface Entry {
  readonly code: string;
  readonly system: string | null;
  readonly kind: EventKind;
  readonly name: string | null;
  readonly n: bigint;
}

const keyOf = ({ system, kind, code }: Concept): string => `${system}\u0000${kind}\u0000${code}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A system that is not known keeps its name; none at all is `unknown`. */
function conceptOf({ code, system, kind, name }: Entry): Concept {
  const named = system === null ? 'unknown' : (knownSystem(system) ?? system);
  const of =
    named === 'ICD9CM' && kind === 'procedure'
      ? 'ICD9Proc'
      : named === 'ICD10CM' && kind === 'procedure'
        ? 'ICD10PCS'
        : named;
  const concept = { code: normaliseCode(code, of), system: of, kind };
  return name === null ? concept : { ...concept, name };
}

/**
 * Makes the tables `dictionary(id, code, system, kind)` of codes as they stand in `raw`, and `meanings(id, cid, qualifying)`.
 */
export async function loadConcepts(
  database: Database,
  isQualifying: (concept: Concept) => boolean,
): Promise<Concepts> {
  await database.run(`CREATE TABLE dictionary AS SELECT (row_number() OVER () - 1)::INTEGER AS id, * FROM (
    SELECT code, system, kind, min(name) AS name, count(*) AS n FROM raw WHERE code IS NOT NULL GROUP BY code, system, kind)`);
  const entries = await database.rows<Entry & { id: number } & Record<string, unknown>>(
    'SELECT * FROM dictionary ORDER BY id',
  );
  const byKey = new Map<string, Concept>();
  const keys: string[] = [];
  const strange = new Map<string, number>();
  for (const entry of entries) {
    const concept = conceptOf(entry);
    const key = keyOf(concept);
    keys.push(key);
    const before = byKey.get(key);
    const named = before?.name === undefined || (concept.name ?? '\uffff') < before.name;
    if (before === undefined || (named && concept.name !== undefined)) byKey.set(key, concept);
    if (knownSystem(concept.system) === undefined) {
      strange.set(concept.system, (strange.get(concept.system) ?? 0) + Number(entry.n));
    }
  }
  const sorted = [...byKey.entries()].sort(([a], [b]) => compare(a, b));
  const numbers = new Map(sorted.map(([key], i) => [key, i]));
  const concepts = sorted.map(([, concept]) => concept);
  const qualifying = concepts.map((concept) => isQualifying(concept));
  const cid = Int32Array.from(keys, (key) => numbers.get(key)!);
  await database.fill('meanings', {
    id: Int32Array.from(entries, (_, i) => i),
    cid,
    qualifying: Int32Array.from(cid, (number) => Number(qualifying[number])),
  });
  const listed = [...strange.entries()].sort(([a], [b]) => compare(a, b));
  const events = listed.reduce((sum, [, n]) => sum + n, 0);
  const shown = listed.slice(0, 8).map(([system, n]) => `${system.slice(0, 40)} (${n})`);
  const notes =
    events === 0
      ? []
      : [
          `${events} events have codes of systems that are not known: ${shown.join(', ')}${listed.length > 8 ? ' and others' : ''}; they are kept as they are`,
        ];
  return { concepts, qualifying, notes };
}
