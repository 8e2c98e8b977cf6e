// Which codes are taken together in each representation.
import type { HeartFailureConfig } from '../config.ts';
import type { Representation } from '../networks/kinds.ts';
import { type GroupConcepts, groupingBy, ungrouped } from './groups.ts';

// A run's files are read once, however many patients are asked about.
const read = new WeakMap<object, Promise<GroupConcepts>>();

/** @throws UserError for a file of `representation.groups` that is no map of codes */
export async function groupsOf({
  representation,
  representations,
}: Pick<HeartFailureConfig, 'representation' | 'representations'>): Promise<
  (representation: Representation) => GroupConcepts
> {
  if (!representations.includes('grouped')) return () => ungrouped;
  const grouping = read.get(representation) ?? groupingBy(representation.groups);
  read.set(representation, grouping);
  const grouped = await grouping;
  return (own) => (own === 'grouped' ? grouped : ungrouped);
}
