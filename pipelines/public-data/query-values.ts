// What `--query key=value` says, for a set that is made to order.
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import type { PublicDataset } from '../../data-adapters/public-data/index.ts';
import { checkedValues } from '../config/checked-values.ts';
import { configKeys } from '../config/config-keys.ts';
import { parseYaml } from '../config/parse-yaml.ts';

/**
 * @returns what the schema makes of it, its defaults included; undefined for a set of fixed files
 * @throws UserError for an unknown key, with the nearest, and for a value that is not taken
 */
export function queryValues({ name, query }: PublicDataset, given: readonly string[]): unknown {
  if (query === undefined) {
    if (given.length === 0) return undefined;
    throw new UserError({ what: `${name} is not made to order`, where: '--query', how: 'leave it out' });
  }
  const keys = configKeys(query.schema).map(({ path }) => path);
  const values = given.map((text): [string, unknown] => {
    const [, key, value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
    if (key === undefined) {
      throw new UserError({
        what: `expected key=value, got ${JSON.stringify(text)}`,
        where: '--query',
        how: `write for instance --query ${keys[0]}=...`,
      });
    }
    if (!keys.includes(key)) {
      const near = nearest(key, keys);
      throw new UserError({
        what: `${name} knows no ${key}`,
        where: '--query',
        how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `it knows ${keys.join(', ')}`,
      });
    }
    return [key, parseYaml(value, `--query ${text}`, 'give a plain value')];
  });
  return checkedValues(
    query.schema,
    Object.fromEntries(values),
    (key) => `--query ${key}`,
    `"deepfield data list" tells what ${name} can be asked for`,
  );
}
