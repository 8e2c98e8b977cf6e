// The public data sets of all domains: each domain says which it reads, and what that means stands in its own folder.
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import type { PublicDataset } from '../../data-adapters/public-data/index.ts';
import type { Registry } from '../../domains/registry.ts';

export interface CatalogueEntry {
  /** Name of the domain that reads it. */
  readonly domain: string;
  readonly dataset: PublicDataset;
}

/** In the order of the registry. */
export async function catalogue(registry: Registry): Promise<CatalogueEntry[]> {
  const domains = await Promise.all(registry.map((entry) => entry.load()));
  return domains.flatMap(({ name, publicData = [] }) =>
    publicData.map((dataset) => ({ domain: name, dataset })),
  );
}

/** @throws UserError with the nearest name, or the list, when there is none of that name */
export async function findDataset(registry: Registry, name: string): Promise<CatalogueEntry> {
  const entries = await catalogue(registry);
  const found = entries.find(({ dataset }) => dataset.name === name);
  if (found !== undefined) return found;
  const names = entries.map(({ dataset }) => dataset.name);
  const near = nearest(name, names);
  throw new UserError({
    what: `no public data set ${JSON.stringify(name)}`,
    how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are: ${names.join(', ')}`,
  });
}
