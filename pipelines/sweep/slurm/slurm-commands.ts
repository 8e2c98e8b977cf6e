// Slurm by its own commands: sbatch, squeue and scancel. They ask the controller only, never the accounting database.
import { execFile } from 'node:child_process';
import { UserError } from '../../../core/errors.ts';

/** What Slurm said, without its prefixes, in one line. */
const slurmWords = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/^\w+: (?:error|fatal): /, '').trim())
    .filter((line) => line !== '')
    .join('; ');

/** Runs a command of Slurm. @returns its output @throws UserError in Slurm's words, or when there is no such command */
function slurm(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      if (error.code === 'ENOENT') {
        return reject(
          new UserError({
            what: `no ${command} on the PATH`,
            where: '--launcher slurm',
            how: 'start the sweep on a machine of the cluster, or with --launcher local',
          }),
        );
      }
      reject(
        new UserError({
          what: slurmWords(stderr) || error.message,
          where: command,
          how: 'see --slurm',
          cause: error,
        }),
      );
    });
  });
}

/** @throws UserError when there is no Slurm here, or it is not set up, in its own words */
export async function requireSlurm(): Promise<void> {
  await slurm('sbatch', ['--version']);
}

/**
 * Submits a script as an array job.
 *
 * @param array `1,3,5-8`, with `%n` for at most n at once
 * @param after jobs that are over before it begins, however they end
 * @returns the job's number
 */
export async function submitArray(
  script: string,
  array: string,
  after: readonly string[] = [],
): Promise<string> {
  const dependency = after.length > 0 ? [`--dependency=afterany:${after.join(':')}`] : [];
  const output = await slurm('sbatch', ['--parsable', `--array=${array}`, ...dependency, script]);
  return output.trim().split(';')[0];
}

/** A task in the queue: pending, running or completing. */
export interface QueuedTask {
  readonly job: string;
  readonly task: number;
  /** Slurm's own word: PENDING, RUNNING, COMPLETING, ... */
  readonly state: string;
}

/** The tasks of jobs of a name that are in the queue. */
export async function queuedTasks(name: string): Promise<QueuedTask[]> {
  const output = await slurm('squeue', ['--noheader', '--array', `--name=${name}`, '--format=%F|%K|%T']);
  return output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [job, task, state] = line.trim().split('|');
      return { job, task: Number(task), state };
    });
}

/** Takes what waits out of the queue and tells what runs to stop at its next safe point. */
export async function cancelTasks(name: string): Promise<void> {
  await slurm('scancel', ['--state=PENDING', `--name=${name}`]);
  await slurm('scancel', ['--state=RUNNING', '--batch', '--signal=TERM', `--name=${name}`]);
}
