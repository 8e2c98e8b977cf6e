// Whether a code is one of those that a definition lists, in whichever way both are written.
import { UserError } from '../../../core/errors.ts';
import type { Concept } from '../cohort.ts';
import { knownSystem, normaliseCode } from './code-systems.ts';

/**
 * @param codes by code system; `I50*` is every code that begins with `I50`
 * @throws UserError for a system without codes that could be any
 */
export function qualifying(
  codes: Readonly<Record<string, readonly string[]>>,
): (concept: Pick<Concept, 'code' | 'system'>) => boolean {
  const exact = new Map<string, Set<string>>();
  const prefixes = new Map<string, string[]>();
  for (const [name, listed] of Object.entries(codes)) {
    const system = knownSystem(name) ?? name;
    const whole = exact.get(system) ?? new Set();
    const begun = prefixes.get(system) ?? [];
    for (const code of listed) {
      if (code.trim() === '*') {
        throw new UserError({ what: `every code of ${name} would make a case`, where: 'cohort.codes' });
      }
      if (code.endsWith('*')) begun.push(normaliseCode(code.slice(0, -1), system));
      else whole.add(normaliseCode(code, system));
    }
    exact.set(system, whole);
    prefixes.set(system, begun);
  }
  return ({ code, system }) =>
    exact.get(system)?.has(code) === true ||
    prefixes.get(system)?.some((prefix) => code.startsWith(prefix)) === true;
}
