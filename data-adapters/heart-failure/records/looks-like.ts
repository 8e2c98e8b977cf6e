// What code-systems.ts knows, as expressions of SQL: the system that a code's shape speaks for, and whether a name is a system's.
import { knownNames, shapes } from '../codes/code-systems.ts';
import { quote } from './database.ts';

/** @param code an expression @param kind of event */
export const looksLike = (code: string, kind: string): string => {
  const cases = (shapes[kind] ?? []).map(
    ([shape, system]) => `WHEN regexp_matches(upper(${code}), ${quote(shape.source)}) THEN ${quote(system)}`,
  );
  return cases.length === 0 ? 'NULL::VARCHAR' : `CASE ${cases.join(' ')} END`;
};

const signs = ' _.()-';
const bare = (name: string): string => [...name].filter((sign) => !signs.includes(sign)).join('');
const bareNames = knownNames.map(bare).map(quote).join(', ');

/** @param system an expression; NULL where it names no system that is known */
export const onlyKnown = (system: string): string =>
  `CASE WHEN translate(lower(${system}), ${quote(signs)}, '') IN (${bareNames}) THEN ${system} END`;
