// What a cluster wants to know of a job, as `--slurm key=value` or a YAML file. Values go to sbatch as they are: which of them a
// cluster takes, Slurm says itself.
import { z } from 'zod';
import { launcherSettings, word } from '../launcher-settings.ts';

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

/**
 * @param given `key=value`, or the path of a YAML file, each; later ones win
 * @throws UserError for an unknown key, with the nearest, and for a value that is not taken
 */
export const slurmSettings = (given: readonly string[]): Promise<SlurmSettings> =>
  launcherSettings(slurmSchema, given, { flag: '--slurm', owner: "Slurm's" });
