// What runs the elements of a batch, as the flags say: processes on this machine, arrays of Slurm, or a
// Job of Kubernetes, which is written and left to kubectl.
import { availableParallelism } from 'node:os';
import { UserError } from '../../core/errors.ts';
import type { Batch } from '../sweep/batch.ts';
import { launchLocal } from '../sweep/launch-local.ts';
import type { CliContext } from './context.ts';

export interface LauncherOptions {
  readonly launcher?: 'local' | 'slurm' | 'kubernetes';
  readonly slurm?: readonly string[];
  readonly kubernetes?: readonly string[];
  readonly detach?: boolean;
  readonly jobs?: number;
  readonly threads?: number;
  readonly retries?: number;
}

/** @throws UserError for what only means something beside --shards */
export function requireNoLauncher(options: LauncherOptions): void {
  const keys = ['launcher', 'jobs', 'retries', 'detach', 'slurm', 'kubernetes'] as const;
  const given = keys.find((key) => options[key] !== undefined);
  if (given === undefined) return;
  throw new UserError({
    what: 'is of --shards',
    where: `--${given}`,
    how: 'add --shards 4, or leave it out',
  });
}

/**
 * Runs the tasks of a batch that are left, rung after rung.
 *
 * @param tasks ascending
 * @returns the command that is left to the user, where nothing runs by itself
 */
export type Launch = (batch: Batch, tasks: readonly number[]) => Promise<string | undefined>;

const defaultRetries = 1;

const misplaced = (where: string, how: string): UserError =>
  new UserError({ what: 'does not go with this launcher', where, how });

/** @throws UserError for options that do not go with the launcher, before anything is written */
export async function launcherOf(cli: CliContext, options: LauncherOptions): Promise<Launch> {
  const { launcher = 'local', slurm = [], kubernetes = [], detach, jobs, threads } = options;
  const { retries = defaultRetries } = options;
  const { program, progress, log } = cli;
  const { signal } = cli.terminal;
  const shared = { retries, program, progress, log, signal };
  if (launcher !== 'slurm' && slurm.length > 0) throw misplaced('--slurm', 'add --launcher slurm');
  if (launcher !== 'slurm' && detach) throw misplaced('--detach', 'add --launcher slurm');
  if (launcher !== 'kubernetes' && kubernetes.length > 0)
    throw misplaced('--kubernetes', 'add --launcher kubernetes');
  if (launcher === 'kubernetes') {
    if (threads !== undefined) throw misplaced('--threads', 'write --kubernetes cpus=4');
    if (options.retries !== undefined) throw misplaced('--retries', 'write --kubernetes backoff=2');
    const { kubernetesSettings } = await import('../sweep/kubernetes/kubernetes-settings.ts');
    const settings = await kubernetesSettings(kubernetes);
    const { launchKubernetes } = await import('../sweep/kubernetes/launch-kubernetes.ts');
    return (batch, tasks) => launchKubernetes(batch, tasks, { settings, jobs, log });
  }
  if (launcher === 'slurm') {
    if (threads !== undefined) throw misplaced('--threads', 'write --slurm cpus=4');
    const { slurmSettings } = await import('../sweep/slurm/slurm-settings.ts');
    const settings = await slurmSettings(slurm);
    const { requireSlurm } = await import('../sweep/slurm/slurm-commands.ts');
    await requireSlurm();
    const { launchSlurm } = await import('../sweep/slurm/launch-slurm.ts');
    return async (batch, tasks) => {
      await launchSlurm(batch, tasks, { ...shared, settings, jobs, detach });
      return undefined;
    };
  }
  return async (batch, tasks) => {
    const processors = availableParallelism();
    const rungs = batch.rungOf(batch.tasks);
    const all = Array.from({ length: batch.tasks }, (_, i) => i + 1);
    for (let rung = 1; rung <= rungs && !signal.aborted; rung++) {
      if (rung > 1) await batch.decide(rung);
      const known = await batch.elements();
      const own = tasks.filter((task) => batch.rungOf(task) === rung);
      const left = own.flatMap((task) => known.get(task) ?? []);
      if (left.length === 0) continue;
      const atOnce = Math.min(jobs ?? processors, left.length);
      const each = threads ?? Math.max(1, Math.floor(processors / atOnce));
      const total = all.filter((task) => batch.rungOf(task) === rung).length;
      const label = rungs === 1 ? batch.label : `rung ${rung} of ${rungs}`;
      await launchLocal(batch, left, { ...shared, jobs: atOnce, threads: each, total, label });
    }
    return undefined;
  };
}
