// deepfield train: trains a run that is prepared, or begins a new run of a domain and stops after training.
import { UserError } from '../../../core/errors.ts';
import type { CliContext } from '../context.ts';
import { resume } from './resume.ts';
import { type RunOptions, run } from './run.ts';

/** Options that make a run what it is, and so come too late for one that exists. */
const settings = ['preset', 'set', 'config', 'seed', 'source', 'out'] as const;

export async function train(cli: CliContext, name: string | undefined, options: RunOptions): Promise<void> {
  if (name === undefined || cli.registry.some((entry) => entry.name === name))
    return run(cli, name, 'train', options);
  const late = settings.find((option) => options[option] !== undefined);
  if (late !== undefined) {
    throw new UserError({
      what: 'the settings of a run are fixed when it is made',
      where: `--${late}`,
      how: 'name a domain to make a new run',
    });
  }
  await resume(cli, name, 'train', options);
}
