// Whether there is memory for one more process. Nobody knows beforehand what an element takes; the guard assumes what an engine
// needs to start, and from then on the most that any element was seen to take. A guess that keeps a machine from swapping, no promise.
import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';

/** Bytes that are assumed of an element before one was seen: Node, tfjs, ONNX Runtime and a small data set. */
const atLeast = 512 * 2 ** 20;

/** Bytes that a process takes now and has taken at most; undefined where the system does not tell. */
function memoryOf(pid: number): { now: number; most: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kiB = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);
    const [now, most] = [kiB('VmRSS') * 1024, kiB('VmHWM') * 1024];
    return Number.isFinite(now) && Number.isFinite(most) ? { now, most } : undefined;
  } catch {
    return undefined;
  }
}

export class MemoryGuard {
  private most = atLeast;

  /** @param free bytes that the machine can give */
  constructor(
    private readonly free: () => number = freemem,
    private readonly measure: typeof memoryOf = memoryOf,
  ) {}

  /** Looks at the processes that run, and says whether one more has room beside what they may still take. */
  hasRoom(pids: readonly number[]): boolean {
    const all = pids.map((pid) => this.measure(pid)).filter((memory) => memory !== undefined);
    for (const { most } of all) this.most = Math.max(this.most, most);
    const owed = all.reduce((sum, { now }) => sum + Math.max(0, this.most - now), 0);
    return this.free() - owed >= this.most;
  }
}
