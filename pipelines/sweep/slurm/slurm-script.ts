// The batch script of a sweep's array job: task n runs element n. It stands in the sweep's directory, for whoever wants to see or
// change what is submitted.
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { quoted } from '../../report/reproduce.ts';
import type { Batch, BatchRecords } from '../batch.ts';
import type { SlurmSettings } from './slurm-settings.ts';

/** Seconds before the time limit at which a run is told to stop at its next safe point. */
const warning = 120;

/** By this name the sweep's jobs are found in the queue, whoever submitted them and when. */
export const jobName = ({ paths }: BatchRecords): string =>
  `deepfield-${createHash('sha256').update(resolve(paths.root)).digest('hex').slice(0, 10)}`;

/** What the task of an element writes; `%a` in a pattern of Slurm. */
export const taskLog = ({ paths }: BatchRecords, task: number | '%a'): string =>
  join(resolve(paths.logs), `task-${task}.log`);

/**
 * @param program words that start this program here
 * @param alone whether nobody watches: a task that fails then says so itself
 */
export function slurmScript(
  batch: Batch,
  settings: SlurmSettings,
  program: readonly string[],
  alone = false,
): string {
  const { partition, time, cpus, memory, gpus, account, modules, container, options } = settings;
  const directives = [
    `--job-name=${jobName(batch)}`,
    `--output=${taskLog(batch, '%a')}`,
    '--open-mode=append',
    // A task that was lost is submitted again by the sweep, which knows whether it still runs.
    '--no-requeue',
    `--signal=B:TERM@${warning}`,
    partition && `--partition=${partition}`,
    time && `--time=${time}`,
    cpus && `--cpus-per-task=${cpus}`,
    memory && `--mem=${memory}`,
    gpus && `--gpus=${gpus}`,
    account && `--account=${account}`,
    options,
  ];
  const start = settings.program ?? program.map(quoted).join(' ');
  const inside = container === undefined ? '' : `apptainer exec ${gpus ? '--nv ' : ''}${quoted(container)} `;
  const root = quoted(resolve(batch.paths.root));
  const lines = [
    '#!/bin/bash',
    ...directives
      .filter((line) => line !== undefined && line !== 0 && line !== '')
      .map((line) => `#SBATCH ${line}`),
    'set -eu',
    ...(modules === undefined
      ? []
      : [
          `module load ${modules
            .split(/[\s,]+/)
            .map(quoted)
            .join(' ')}`,
        ]),
    `cd ${quoted(process.cwd())}`,
    // The run takes the script's place, so that signals reach it.
    `exec ${inside}${start} ${batch.verb} ${root} "$SLURM_ARRAY_TASK_ID" --threads "\${SLURM_CPUS_PER_TASK:-1}"${alone ? ' --alone' : ''}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** `1,3,5-8`: numbers in Slurm's words. @param numbers in order */
export function arrayText(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length; ) {
    let end = i;
    while (end + 1 < numbers.length && numbers[end + 1] === numbers[end] + 1) end++;
    parts.push(end === i ? `${numbers[i]}` : `${numbers[i]}-${numbers[end]}`);
    i = end + 1;
  }
  return parts.join(',');
}
