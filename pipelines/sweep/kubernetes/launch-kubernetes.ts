// Writes what is left of a batch as a Job of Kubernetes, for kubectl to submit: nothing here speaks with the cluster, and nobody watches.
// The same command again writes what is left by then. Of successive halving it writes the rung that is next: Jobs do not wait for each other.
import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import { writeFileAtomic } from '../../../core/files/atomic-write.ts';
import { quoted } from '../../report/reproduce.ts';
import { lockHolder } from '../../run-directory/run-lock.ts';
import type { Batch, BatchElement } from '../batch.ts';
import { hasFailed } from '../element-state.ts';
import { batchLabel, jobManifest } from './job-manifest.ts';
import type { KubernetesSettings } from './kubernetes-settings.ts';

export interface KubernetesOptions {
  readonly settings: KubernetesSettings;
  /** Pods at once; all when left out. */
  readonly jobs?: number;
  log(line: string): void;
}

/** The elements of the first rung that is not done. One that failed is done where a later rung waits for it. */
async function nextRung(
  batch: Batch,
  tasks: readonly number[],
): Promise<{ rung: number; left: Map<number, BatchElement> }> {
  const last = batch.rungOf(batch.tasks);
  for (let rung = 1; ; rung++) {
    if (rung > 1 && tasks.some((task) => batch.rungOf(task) >= rung)) await batch.decide(rung);
    const known = await batch.elements();
    const left = new Map<number, BatchElement>();
    for (const task of tasks) {
      const element = known.get(task);
      if (element !== undefined && batch.rungOf(task) === rung) left.set(task, element);
    }
    const open = [...left.values()].some((element) => !hasFailed(batch, element));
    if (rung === last || open) return { rung, left };
  }
}

/**
 * Writes the manifest, `kubernetes.yaml` in the batch's folder.
 *
 * @param tasks numbers of those that are left, ascending
 * @returns the command that submits it; undefined where others still work on all that is left
 * @throws UserError when the volume does not hold what they need
 */
export async function launchKubernetes(
  batch: Batch,
  tasks: readonly number[],
  { settings, jobs, log }: KubernetesOptions,
): Promise<string | undefined> {
  const { rung, left } = await nextRung(batch, tasks);
  for (const [task, element] of left) {
    const paths = batch.lockOf(element);
    const holder = paths && lockHolder(paths);
    if (paths === undefined || holder === undefined) continue;
    left.delete(task);
    log(`${element.id} is left out: ${holder} writes to it; if that is gone, delete ${paths.lock}`);
  }
  if (left.size === 0) return undefined;
  const manifest = jobManifest(batch, [...left.keys()], settings, { jobs, folder: process.cwd() });
  const path = join(batch.paths.root, 'kubernetes.yaml');
  const elements = [...left.values()].map(({ id }) => id);
  const shown = elements.length > 12 ? [...elements.slice(0, 11), '...', elements.at(-1)] : elements;
  const head = ` Indices in their order: ${shown.join(', ')}\n Watch it: kubectl get pods -l ${batchLabel}`;
  await writeFileAtomic(path, `${head.replace(/^/gm, '#')}\n${stringify(manifest, { lineWidth: 0 })}`);
  const last = batch.rungOf(batch.tasks);
  const which = last > 1 ? ` of rung ${rung} of ${last}` : '';
  log(`${left.size} task${left.size === 1 ? '' : 's'}${which} in ${path}`);
  return `kubectl create -f ${quoted(relative('', path))}`;
}
