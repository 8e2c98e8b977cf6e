// A batch as an Indexed Job of Kubernetes (batch/v1; Kubernetes, "Indexed Job for parallel processing with static work assignment"): one
// index for each task that is left. It asks for what Kubernetes 1.29 and later have: a limit of attempts for each index, and no second
// pod of an index while the first one still ends, since two that have the same host name would take each other for gone.
import { createHash } from 'node:crypto';
import { relative, resolve } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { quoted } from '../../report/reproduce.ts';
import type { Batch } from '../batch.ts';
import { stopExit } from '../element-command.ts';
import type { KubernetesSettings } from './kubernetes-settings.ts';

/** Seconds that a pod has between being told to stop and being killed. */
const grace = 120;

/** Indexed Jobs have no more completions, and of a longer text no kernel makes one argument (MAX_ARG_STRLEN). */
const [mostTasks, mostText] = [100_000, 120_000];

/** By this label the Jobs of a batch are found, whoever submitted them and when. */
export const batchLabel = 'deepfield/batch';

/** Whether a path is a folder or something in it. */
const isWithin = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith('../');
};

/** `1 3 5 8-11` as words of a shell: 1 3 5 `seq 8 11`. @param tasks ascending */
function shellWords(tasks: readonly number[]): string {
  const words: string[] = [];
  for (let i = 0; i < tasks.length; ) {
    let end = i;
    while (tasks[end + 1] === tasks[end] + 1) end++;
    // Kubernetes takes $( for a reference of its own.
    if (end - i < 2) words.push(...tasks.slice(i, end + 1).map(String));
    else words.push(`\`seq ${tasks[i]} ${tasks[end]}\``);
    i = end + 1;
  }
  return words.join(' ');
}

/** In a command of a container `$$` stands for `$`. */
const literal = (text: string): string => text.replaceAll('$', '$$$$');

/** Where the volume stands. @throws UserError when it does not hold all that the tasks read and write */
function mountOf(batch: Batch, { mount }: KubernetesSettings): string {
  const root = resolve(batch.paths.root);
  const place = mount ?? root;
  const outside = [root, ...batch.reads].find((path) => !isWithin(place, path));
  if (outside === undefined) return place;
  throw new UserError({
    what: `${outside} is not on the shared volume, which stands at ${place}`,
    where: '--kubernetes',
    how: 'say by --kubernetes mount=/shared where it stands, and have all files there',
  });
}

function resources({ cpus, memory, gpus }: KubernetesSettings): Record<string, unknown> {
  const wanted = { ...(cpus !== undefined && { cpu: `${cpus}` }), ...(memory !== undefined && { memory }) };
  const [card, count] = gpus?.includes(':') ? gpus.split(':') : ['nvidia.com/gpu', gpus];
  const limits = { ...wanted, ...(count !== undefined && { [card]: count }) };
  if (Object.keys(limits).length === 0) return {};
  return { resources: { ...(Object.keys(wanted).length > 0 && { requests: wanted }), limits } };
}

export interface ManifestOptions {
  /** Pods at once; as many as there are tasks when left out. */
  readonly jobs?: number;
  /** Folder that the program is started in, where it is on the volume. */
  readonly folder: string;
}

/**
 * The Job of some tasks of a batch.
 *
 * @param tasks ascending, at least one
 * @throws UserError when the volume does not hold what they need, and for more tasks than a Job can have
 */
export function jobManifest(
  batch: Batch,
  tasks: readonly number[],
  settings: KubernetesSettings,
  { jobs = tasks.length, folder }: ManifestOptions,
): Record<string, unknown> {
  const { claim, image, namespace, subpath, cpus = 1, backoff, program } = settings;
  const root = resolve(batch.paths.root);
  const mountPath = mountOf(batch, settings);
  const words = shellWords(tasks);
  if (tasks.length > mostTasks || words.length > mostText) {
    throw new UserError({
      what: `${tasks.length} tasks are more than a Job has room for`,
      where: batch.paths.root,
      how: 'finish some by another launcher, or sweep in two parts',
    });
  }
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 10);
  const labels = { [batchLabel]: hash };
  const alone = batch.rungOf(batch.tasks) > 1 ? ' --alone' : '';
  const start = `exec ${literal(program)} ${batch.verb} ${literal(quoted(root))} "$1" --threads ${cpus}${alone}`;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      generateName: `deepfield-${hash}-`,
      ...(namespace !== undefined && { namespace }),
      labels,
    },
    spec: {
      completionMode: 'Indexed',
      completions: tasks.length,
      parallelism: Math.min(jobs, tasks.length),
      backoffLimitPerIndex: backoff,
      podReplacementPolicy: 'Failed',
      podFailurePolicy: {
        rules: [
          // Neither what was drained from its node nor what stopped at a safe point has failed.
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
          { action: 'Ignore', onExitCodes: { operator: 'In', values: [stopExit] } },
        ],
      },
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: grace,
          containers: [
            {
              name: 'deepfield',
              image,
              workingDir: isWithin(mountPath, folder) ? folder : root,
              command: ['sh', '-euc'],
              // Index 0 is the first of the tasks that are left.
              args: [`set -- ${words}\nshift "$JOB_COMPLETION_INDEX"\n${start}\n`],
              env: [{ name: 'OMP_NUM_THREADS', value: `${cpus}` }],
              ...resources(settings),
              volumeMounts: [
                { name: 'shared', mountPath, ...(subpath !== undefined && { subPath: subpath }) },
              ],
            },
          ],
          volumes: [{ name: 'shared', persistentVolumeClaim: { claimName: claim } }],
        },
      },
    },
  };
}
