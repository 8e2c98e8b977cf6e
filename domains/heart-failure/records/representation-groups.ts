// Which codes are taken together in each representation.
import type { HeartFailureConfig } from '../config.ts';
import type { Representation } from '../networks/kinds.ts';
import { type GroupConcepts, groupingBy, ungrouped } from './groups.ts';

/** @throws UserError for a file of `representation.groups` that is no map of codes */
export async function groupsOf({
  representation,
  representations,
}: Pick<HeartFailureConfig, 'representation' | 'representations'>): Promise<
  (representation: Representation) => GroupConcepts
> {
  if (!representations.includes('grouped')) return () => ungrouped;
  const grouped = await groupingBy(representation.groups);
  return (own) => (own === 'grouped' ? grouped : ungrouped);
}
