// The domains of the program with those of the user's own behind them.
import { UserError } from '../../core/errors.ts';
import type { DomainEntry, Registry } from '../../domains/registry.ts';
import type { OwnDomain } from './own-domain.ts';

/** @throws UserError when one has a name that another module has already */
export function ownRegistry(registry: Registry, own: readonly DomainEntry[]): Registry {
  const known = new Map(registry.map((entry) => [entry.name, entry]));
  for (const entry of own) {
    const other = known.get(entry.name);
    if (other !== undefined && other.from !== entry.from) {
      throw new UserError({
        what: `${other.from === undefined ? 'a domain of deepfield' : `that of ${other.from}`} is called ${entry.name} too`,
        where: entry.from,
        how: 'give yours another name',
      });
    }
    known.set(entry.name, entry);
  }
  return [...known.values()];
}

/** The user's own among them, for another thread. */
export const ownAmong = (registry: Registry): OwnDomain[] =>
  registry.flatMap(({ name, from }) => (from === undefined ? [] : [{ name, from }]));
