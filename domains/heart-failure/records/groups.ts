// Codes taken together: by the files that a run names, or by the categories of ICD-9-CM where it names none.
import {
  type GroupMap,
  groupConcepts as groupByMaps,
  readGroupMap,
} from '../../../data-adapters/heart-failure/code-groups.ts';
import type { Concept } from '../../../data-adapters/heart-failure/cohort.ts';

/** `428.23` as `428`, `E885.9` as `E885`; codes of other systems as they are. */
export function categoryOf({ code, system, kind }: Concept): string {
  if (!/^ICD-?9/i.test(system) || kind !== 'diagnosis') return code;
  return code.replace('.', '').slice(0, code.startsWith('E') ? 4 : 3);
}

/** Concepts with those of one group made one, and for each of the former its number among the latter. */
export interface Grouping {
  readonly concepts: readonly Concept[];
  readonly groupOf: Uint32Array;
  /** Concepts that no file has. */
  readonly unmapped: number;
}

export type GroupConcepts = (concepts: readonly Concept[]) => Grouping;

/** Every code is its own group. */
export const ungrouped: GroupConcepts = (concepts) => ({
  concepts,
  groupOf: Uint32Array.from(concepts, (_, i) => i),
  unmapped: 0,
});

/** By category of ICD-9-CM. */
export const groupByCategory: GroupConcepts = (concepts) => {
  const numbers = new Map<string, number>();
  const groups: Concept[] = [];
  const groupOf = Uint32Array.from(concepts, (concept) => {
    const code = categoryOf(concept);
    const key = `${concept.system} ${code}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, groups.length);
    groups.push({ code, system: concept.system, kind: concept.kind });
    return groups.length - 1;
  });
  return { concepts: groups, groupOf, unmapped: 0 };
};

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
  return (concepts) => {
    const { concepts: groups, numbers, unmapped } = groupByMaps(concepts, maps);
    return { concepts: groups, groupOf: numbers, unmapped };
  };
}
