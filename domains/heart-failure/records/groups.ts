// Codes taken together: by the files that a run names, or by the categories of ICD-9-CM where it names none.
import {
  type GroupedConcepts,
  type GroupMap,
  groupConcepts,
  groupConceptsBy,
  readGroupMap,
} from '../../../data-adapters/heart-failure/code-groups.ts';
import type { Concept } from '../../../data-adapters/heart-failure/cohort.ts';

/** `428.23` as `428`, `E885.9` as `E885`; codes of other systems as they are. */
function categoryOf({ code, system, kind }: Concept): string {
  if (!/^ICD-?9/i.test(system) || kind !== 'diagnosis') return code;
  return code.replace('.', '').slice(0, code.startsWith('E') ? 4 : 3);
}

export type GroupConcepts = (concepts: readonly Concept[]) => GroupedConcepts;

/** Every code is its own group. */
export const ungrouped: GroupConcepts = (concepts) => ({
  concepts,
  numbers: Uint32Array.from(concepts, (_, i) => i),
  unmapped: 0,
});

/** By category of ICD-9-CM. */
export const groupByCategory: GroupConcepts = (concepts) =>
  groupConceptsBy(concepts, (concept) => ({
    code: categoryOf(concept),
    system: concept.system,
    kind: concept.kind,
  }));

/**
 * How a run groups codes.
 *
 * @param files maps of codes to groups; the first that has a code says its group, and a code that none has is its own
 * @throws UserError for a file that is no such map
 */
export async function groupingBy(files: readonly string[]): Promise<GroupConcepts> {
  if (files.length === 0) return groupByCategory;
  const maps: GroupMap[] = [];
  for (const file of files) maps.push(await readGroupMap(file));
  return (concepts) => groupConcepts(concepts, maps);
}
