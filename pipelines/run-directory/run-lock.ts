// The mark of the process that writes into a run directory, so that two never do. It holds the process's number, its
// start time (numbers are used again, notably in containers) and the host. The mark of a process that is gone counts
// for nothing.
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { UserError } from '../../core/errors.ts';
import type { RunLayout } from './layout.ts';

/** What is locked: the folder, and the file that is the mark. */
export type Lockable = Pick<RunLayout, 'root' | 'lock'>;

interface Mark {
  readonly pid: number;
  readonly host: string;
  /** Start of the process in clock ticks since boot; null where the system does not tell. */
  readonly started: string | null;
}

/** Held while a process writes into a run. */
export interface RunLock {
  release(): void;
}

/** Field 22 of /proc/<pid>/stat (proc(5)); the second field, the command, may itself hold spaces and brackets. */
function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readMark(path: string): Mark | undefined {
  try {
    const mark = JSON.parse(readFileSync(path, 'utf8')) as Partial<Mark> | null;
    if (mark && Number.isInteger(mark.pid) && typeof mark.host === 'string') return mark as Mark;
  } catch {
    // Torn or unreadable: no process stands behind it.
  }
  return undefined;
}

const holderText = ({ pid, host }: Mark): string =>
  `process ${pid}${host === hostname() ? '' : ` on ${host}`}`;

function refuse(paths: Lockable, mark: Mark): UserError {
  const here = mark.host === hostname();
  return new UserError({
    what: `${holderText(mark)} is writing to this run`,
    where: paths.root,
    how: here ? 'wait for it or stop it' : `wait for it, or delete ${paths.lock} when it is gone`,
  });
}

/** True when a living process other than this one, as far as can be told, writes to the run. */
function isHeld(mark: Mark): boolean {
  if (mark.host !== hostname()) return true;
  if (!isAlive(mark.pid)) return false;
  return mark.started === null || mark.started === startTime(mark.pid);
}

/** Who writes to a run, as far as can be told: `process 123 on n2`. Undefined where none does. */
export function lockHolder({ lock }: Lockable): string | undefined {
  const mark = readMark(lock);
  return mark !== undefined && isHeld(mark) ? holderText(mark) : undefined;
}

/**
 * Marks the run as being written by this process.
 * @throws UserError when another living process writes to it
 */
export function lockRun(paths: Lockable): RunLock {
  const mark: Mark = { pid: process.pid, host: hostname(), started: startTime(process.pid) };
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(paths.lock, `${JSON.stringify(mark)}\n`, { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === 3) throw error;
    }
    const other = readMark(paths.lock);
    if (other !== undefined && isHeld(other)) throw refuse(paths, other);
    unlinkIfPresent(paths.lock);
  }
  return { release: () => unlinkIfPresent(paths.lock) };
}

function unlinkIfPresent(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
