// What a cluster wants to know of a job, as `--slurm key=value` or a YAML file. Values go to sbatch as they are: which of them a
// cluster takes, Slurm says itself.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../../core/errors.ts';
import { readError } from '../../../core/files/read-error.ts';
import { nearest } from '../../../core/suggest.ts';
import { checkedValues } from '../../config/checked-values.ts';
import { configKeys } from '../../config/config-keys.ts';
import { isTree } from '../../config/config-tree.ts';
import { parseYaml } from '../../config/parse-yaml.ts';

const word = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((text) => text !== '' && !/[\r\n]/.test(text), { message: 'expected one line' });

const slurmSchema = z.strictObject({
  partition: word.optional().describe('partition'),
  time: word.optional().describe('time limit: minutes, or days-hours:minutes:seconds'),
  cpus: z.int().positive().optional().describe('processors of each run; also its threads'),
  memory: word.optional().describe('memory of each run: 4G'),
  gpus: word.optional().describe('graphics cards of each run: 1, or a100:1'),
  account: word.optional().describe('account'),
  modules: word.optional().describe('modules to load, with commas between'),
  container: word.optional().describe('image that the run starts in, by "apptainer exec"'),
  program: word.optional().describe('shell words that start deepfield on a node; as here when left out'),
  options: word.optional().describe('further options of sbatch, as one text'),
});
export type SlurmSettings = z.infer<typeof slurmSchema>;

const keys = configKeys(slurmSchema).map(({ path }) => path);

async function readFileSettings(path: string): Promise<[string, unknown][]> {
  const text = await readFile(path, 'utf8').catch(async (error) => {
    throw await readError(error, path);
  });
  const tree = parseYaml(text, path, 'write valid YAML') ?? {};
  if (isTree(tree)) return Object.entries(tree);
  throw new UserError({
    what: 'holds no settings',
    where: path,
    how: 'write lines such as "partition: gpu"',
  });
}

/**
 * @param given `key=value`, or the path of a YAML file, each; later ones win
 * @throws UserError for an unknown key, with the nearest, and for a value that is not taken
 */
export async function slurmSettings(given: readonly string[]): Promise<SlurmSettings> {
  const values: Record<string, unknown> = {};
  for (const text of given) {
    const equals = text.indexOf('=');
    const entries: [string, unknown][] =
      equals < 0
        ? await readFileSettings(text)
        : [
            [
              text.slice(0, equals),
              parseYaml(text.slice(equals + 1), `--slurm ${text}`, 'give a plain value'),
            ],
          ];
    for (const [key, value] of entries) {
      if (!keys.includes(key)) {
        const near = nearest(key, keys);
        throw new UserError({
          what: `Slurm's settings have no ${key}`,
          where: `--slurm ${text}`,
          how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are: ${keys.join(', ')}`,
        });
      }
      values[key] = value;
    }
  }
  return checkedValues(
    slurmSchema,
    values,
    (key) => `--slurm ${key}`,
    `there are: ${keys.join(', ')}`,
  ) as SlurmSettings;
}
