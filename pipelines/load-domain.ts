// Finds and loads a domain by the name a person gave.
import { existsSync } from 'node:fs';
import { UserError } from '../core/errors.ts';
import { nearest } from '../core/suggest.ts';
import type { Domain } from '../domains/domain.ts';
import type { Registry } from '../domains/registry.ts';

/**
 * Loads the domain of that name.
 * @throws UserError with the nearest name, or the list, when there is none
 */
export async function loadDomain(registry: Registry, name: string): Promise<Domain> {
  const entry = registry.find((known) => known.name === name);
  if (entry !== undefined) return entry.load();
  const names = registry.map((known) => known.name);
  const near = nearest(name, names);
  const isPath = near.length === 0 && existsSync(name);
  throw new UserError({
    what: `no domain ${JSON.stringify(name)}`,
    how: isPath
      ? `is it one of your own? give it by --domain ${name}`
      : near.length > 0
        ? `did you mean ${near.join(' or ')}?`
        : `there are: ${names.join(', ')}`,
  });
}
