// Runs the elements of a sweep on a cluster: submits those that are neither finished nor queued as one array job, and watches the
// queue. Whoever stops watching by a lost connection loses nothing: the same command finds the jobs by their name.
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../../core/errors.ts';
import { writeFileAtomic } from '../../../core/files/atomic-write.ts';
import type { Progress } from '../../../core/progress.ts';
import { Attempts } from '../attempts.ts';
import { elementState } from '../element-state.ts';
import { elementRun, type Sweep, type SweepElement } from '../sweep-plan.ts';
import { cancelTasks, type QueuedTask, queuedTasks, submitArray } from './slurm-commands.ts';
import { arrayText, jobName, slurmScript, taskLog } from './slurm-script.ts';
import type { SlurmSettings } from './slurm-settings.ts';

export interface SlurmOptions {
  readonly settings: SlurmSettings;
  /** Tasks at once; as many as the cluster gives when left out. */
  readonly jobs?: number;
  readonly retries: number;
  /** Submits and does not watch. */
  readonly detach?: boolean;
  /** The words that start this program. */
  readonly program: readonly string[];
  /** Milliseconds between looks at the queue. Default 5000. */
  readonly pollEvery?: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  log(line: string): void;
}

/** Looks that may fail one after another: a controller that restarts is no end of a sweep. */
const mostFailures = 12;

/** Bytes that a run has recorded of its training. */
const recorded = (sweep: Sweep, element: SweepElement): number =>
  statSync(elementRun(sweep, element).metrics, { throwIfNoEntry: false })?.size ?? 0;

/** Whether a task ended at a safe point, as before its time limit. */
async function wasStopped(log: string): Promise<boolean> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return /(^|\n)stopped\n$/.test(text);
}

/** Runs elements to their end, or until the signal, which cancels them. */
export async function launchSlurm(
  sweep: Sweep,
  elements: readonly SweepElement[],
  { settings, jobs, retries, detach = false, program, pollEvery = 5000, progress, signal, log }: SlurmOptions,
): Promise<void> {
  const name = jobName(sweep);
  const script = join(sweep.paths.root, 'slurm.sh');
  await writeFileAtomic(script, slurmScript(sweep, settings, program));
  const all = sweep.plan.elements;
  const numberOf = new Map(all.map(({ id }, i) => [id, i + 1]));
  const left = new Map(elements.map((element) => [numberOf.get(element.id) ?? 0, element]));
  const attempts = new Attempts(sweep, retries, log);
  /** What each run had recorded when it was submitted. */
  const before = new Map<number, number>();
  const task = progress.task('sweep', all.length, 'elements');
  task.advance(all.length - left.size);

  const submit = async (numbers: readonly number[]): Promise<void> => {
    if (numbers.length === 0) return;
    for (const number of numbers) {
      const element = left.get(number);
      if (element === undefined) continue;
      await attempts.begin(element);
      before.set(number, recorded(sweep, element));
    }
    const job = await submitArray(script, `${arrayText(numbers)}${jobs === undefined ? '' : `%${jobs}`}`);
    log(`job ${job}: ${numbers.length} task${numbers.length === 1 ? '' : 's'} submitted`);
  };

  /** Settles what has left the queue. @returns the numbers of those that are to be submitted */
  const settle = async (queue: readonly QueuedTask[]): Promise<number[]> => {
    // What completes on a node that is lost may do so for long; its lock tells whether it still writes.
    const queued = new Set(queue.filter(({ state }) => state !== 'COMPLETING').map((each) => each.task));
    const again: number[] = [];
    let done = 0;
    for (const [number, element] of left) {
      if (queued.has(number)) continue;
      const { status } = await elementState(sweep, element);
      if (status === 'finished') {
        left.delete(number);
        done += 1;
      } else if (attempts.isHeld(element)) continue;
      else if (attempts.of(element) === 0) again.push(number);
      else if (
        recorded(sweep, element) > (before.get(number) ?? 0) &&
        (await wasStopped(taskLog(sweep, number)))
      ) {
        attempts.forgive(element);
        again.push(number);
      } else if (await attempts.failed(element, 'no result', taskLog(sweep, number))) again.push(number);
      else left.delete(number);
    }
    const running = queue.filter(({ state }) => state !== 'PENDING').length;
    const failed = attempts.given > 0 && { failed: attempts.given };
    task.advance(done, { running, pending: queue.length - running, ...failed });
    return again;
  };

  const patiently = patience(mostFailures);
  while (!signal.aborted) {
    const queue = await patiently(() => queuedTasks(name));
    if (queue !== undefined) await submit(await settle(queue));
    if (detach) return;
    if (left.size === 0) return task.end();
    await sleep(pollEvery, undefined, { signal }).catch(() => {});
  }
  task.end();
  await cancelTasks(name);
  log('queued tasks are cancelled; those that run stop at their next safe point');
  for (let i = 0; i < 120 && (await queuedTasks(name)).length > 0; i++) await sleep(500);
}

/** Lets a few calls fail one after another; the first call must succeed. */
function patience(most: number): <T>(call: () => Promise<T>) => Promise<T | undefined> {
  let failures = most;
  return async (call) => {
    try {
      const result = await call();
      failures = 0;
      return result;
    } catch (error) {
      failures += 1;
      if (!(error instanceof UserError) || failures > most) throw error;
      return undefined;
    }
  };
}
