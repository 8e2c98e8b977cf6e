// The settings of a launcher, as `--slurm key=value` or a YAML file of them: read, with the nearest key where one is not known, and checked.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { nearest } from '../../core/suggest.ts';
import { checkedValues } from '../config/checked-values.ts';
import { configKeys } from '../config/config-keys.ts';
import { isTree } from '../config/config-tree.ts';
import { parseYaml } from '../config/parse-yaml.ts';

/** One line of text, which may look like a number. */
export const word = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((text) => text !== '' && !/[\r\n]/.test(text), { message: 'expected one line' });

async function readFileSettings(path: string, example: string): Promise<[string, unknown][]> {
  const text = await readFile(path, 'utf8').catch(async (error) => {
    throw await readError(error, path);
  });
  const tree = parseYaml(text, path, 'write valid YAML') ?? {};
  if (isTree(tree)) return Object.entries(tree);
  throw new UserError({
    what: 'holds no settings',
    where: path,
    how: `write lines such as "${example}: ..."`,
  });
}

export interface SettingsWords {
  /** The option that they are given by: `--slurm`. */
  readonly flag: string;
  /** Whose settings they are: `Slurm's`. */
  readonly owner: string;
}

/**
 * @param given `key=value`, or the path of a YAML file, each; later ones win
 * @throws UserError for an unknown key, with the nearest, and for a value that is not taken
 */
export async function launcherSettings<T extends z.ZodObject>(
  schema: T,
  given: readonly string[],
  { flag, owner }: SettingsWords,
): Promise<z.output<T>> {
  const keys = configKeys(schema).map(({ path }) => path);
  const values: Record<string, unknown> = {};
  for (const text of given) {
    const equals = text.indexOf('=');
    const entries: [string, unknown][] =
      equals < 0
        ? await readFileSettings(text, keys[0])
        : [
            [
              text.slice(0, equals),
              parseYaml(text.slice(equals + 1), `${flag} ${text}`, 'give a plain value'),
            ],
          ];
    for (const [key, value] of entries) {
      if (!keys.includes(key)) {
        const near = nearest(key, keys);
        throw new UserError({
          what: `${owner} settings have no ${key}`,
          where: `${flag} ${text}`,
          how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are: ${keys.join(', ')}`,
        });
      }
      values[key] = value;
    }
  }
  return checkedValues(
    schema,
    values,
    (key) => `${flag} ${key}`,
    `there are: ${keys.join(', ')}`,
  ) as z.output<T>;
}
