// Requests on their way to the workers. Those of one lane (one network, or one domain's run) wait together and run as a batch:
// when it is full, the one before is over, or its first request has waited long enough, and a worker is free. While all are busy,
// batches grow, and so do those that are worth no second worker while one of their lane runs: to wake a thread takes longer than to
// run a small network once. Files have lanes of their own and never hold the last worker. Nobody waits longer than the deadline,
// and a full queue refuses.
import { HttpError } from '../http-error.ts';
import type { Metrics } from '../metrics.ts';
import type { ServerSettings } from '../settings.ts';
import type { Gone, Lane } from './lane.ts';
import { LaneSpeed, shortBatch } from './lane-speed.ts';

interface Waiting {
  readonly entry: unknown;
  readonly since: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Nobody waits for it any more. */
  over: boolean;
}

interface OpenLane {
  readonly lane: Lane<unknown, unknown>;
  waiting: Waiting[];
  /** Whether they have come together while a batch of the lane ran that is over. */
  gathered: boolean;
}

/** Seconds after the deadline at which work that goes on all the same is ended. */
const grace = 5;

type Limits = Pick<ServerSettings, 'maxWait' | 'maxQueue' | 'deadline'>;

export class WorkQueue {
  private readonly lanes = new Map<string, OpenLane>();
  private depth = 0;
  private busy = 0;
  private busyLong = 0;
  private soon: NodeJS.Immediate | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** When the timer ends. */
  private timerDue = Number.POSITIVE_INFINITY;
  /** Batches of each lane that run. */
  private readonly batches = new Map<string, number>();
  /** Seconds that a batch takes, lately. */
  private usualSeconds = 0.05;
  private readonly speed = new LaneSpeed();
  private idle: (() => void)[] = [];

  constructor(
    private readonly workers: number,
    private readonly limits: Limits,
    private readonly metrics: () => Metrics,
  ) {}

  get queued(): number {
    return this.depth;
  }

  get running(): number {
    return this.busy;
  }

  /** @throws HttpError when the queue is full */
  requireRoom(): void {
    if (this.depth < this.limits.maxQueue) return;
    this.metrics().refused.inc({ why: 'queue' });
    const seconds = Math.ceil((this.lanes.size * this.usualSeconds) / this.workers);
    throw new HttpError('busy', `${this.depth} requests wait already; try again later`, {
      'retry-after': String(Math.min(60, Math.max(1, seconds))),
    });
  }

  /**
   * Waits for the result of one entry.
   *
   * @param signal aborted when nobody waits for the result any more
   * @throws HttpError when the queue is full or the deadline has passed; what the work throws
   */
  submit<Entry, Result>(lane: Lane<Entry, Result>, entry: Entry, signal: Gone): Promise<Result> {
    this.requireRoom();
    return new Promise<Result>((resolve, reject) => {
      const end = (): void => {
        clearTimeout(deadline);
        signal.removeEventListener('abort', gone);
      };
      const waiting: Waiting = {
        entry,
        since: performance.now(),
        over: false,
        resolve: (result) => {
          end();
          resolve(result as Result);
        },
        reject: (error) => {
          end();
          reject(error);
        },
      };
      const giveUp = (error: unknown): void => {
        if (waiting.over) return;
        waiting.over = true;
        this.forget(lane.key, waiting);
        waiting.reject(error);
      };
      const gone = (): void => giveUp(signal.reason);
      const deadline = setTimeout(() => {
        giveUp(new HttpError('too late', `no answer within ${this.limits.deadline} s`));
      }, this.limits.deadline * 1000);
      signal.addEventListener('abort', gone, { once: true });
      const open = this.lanes.get(lane.key) ?? {
        lane: lane as Lane<unknown, unknown>,
        waiting: [],
        gathered: false,
      };
      this.lanes.set(lane.key, open);
      open.waiting.push(waiting);
      this.depth++;
      if (signal.aborted) gone();
      this.arrived(open);
    });
  }

  /** Resolves when nothing waits or runs. */
  whenIdle(): Promise<void> {
    if (this.depth === 0 && this.busy === 0) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  private forget(key: string, waiting: Waiting): void {
    const open = this.lanes.get(key);
    const at = open?.waiting.indexOf(waiting) ?? -1;
    if (open === undefined || at < 0) return;
    open.waiting.splice(at, 1);
    this.depth--;
    if (open.waiting.length === 0) this.lanes.delete(key);
    this.tellIdle();
  }

  private tellIdle(): void {
    if (this.depth > 0 || this.busy > 0) return;
    for (const resolve of this.idle.splice(0)) resolve();
  }

  /** When a lane is to run: when its batch is full, the one before is over, or its first entry has waited long enough for others. */
  private dueOf({ lane: { key, most }, waiting, gathered }: OpenLane): number {
    const { maxWait } = this.limits;
    if (gathered || waiting.length >= this.speed.mostOf(key, most)) return 0;
    const short = this.batches.has(key) && this.speed.isShort(key, waiting.length);
    return waiting[0].since + (short ? Math.max(maxWait, 1000 * shortBatch) : maxWait);
  }

  /** The lane whose first entry has waited longest, of those that may run now. */
  private next(now: number): OpenLane | undefined {
    let best: OpenLane | undefined;
    for (const open of this.lanes.values()) {
      const { lane, waiting } = open;
      if (lane.long && this.busyLong >= Math.max(1, this.workers - 1)) continue;
      if (now < this.dueOf(open)) continue;
      if (best === undefined || waiting[0].since < best.waiting[0].since) best = open;
    }
    return best;
  }

  /** Starts a full batch; others when all that has arrived together is read. */
  private arrived({ lane: { key, most }, waiting }: OpenLane): void {
    if (waiting.length >= this.speed.mostOf(key, most)) this.pump();
    else
      this.soon ??= setImmediate(() => {
        this.soon = undefined;
        this.pump();
      });
  }

  /** Starts what can start, and comes back when a lane's wait is over. */
  private pump(): void {
    const now = performance.now();
    while (this.busy < this.workers) {
      const open = this.next(now);
      if (open === undefined) break;
      void this.start(open);
    }
    if (this.busy >= this.workers) return;
    let due = Number.POSITIVE_INFINITY;
    for (const open of this.lanes.values()) if (!open.lane.long) due = Math.min(due, this.dueOf(open));
    if (due >= this.timerDue) return;
    clearTimeout(this.timer);
    this.timerDue = due;
    this.timer = setTimeout(
      () => {
        this.timerDue = Number.POSITIVE_INFINITY;
        this.pump();
      },
      Math.max(0, due - now),
    );
  }

  /** How many of those that wait run together. */
  private countOf(lane: OpenLane['lane'], waiting: readonly Waiting[]): number {
    const { key, most, mostBytes = Number.POSITIVE_INFINITY } = lane;
    const share = this.speed.shareOf(key, waiting.length, this.workers - this.busy);
    const may = Math.min(waiting.length, share, this.speed.mostOf(key, most));
    let bytes = 0;
    for (let count = 0; count < may; count++) {
      bytes += lane.bytesOf?.(waiting[count].entry) ?? 0;
      if (bytes > mostBytes) return Math.max(1, count);
    }
    return may;
  }

  private async start({ lane, waiting }: OpenLane): Promise<void> {
    const batch = waiting.splice(0, this.countOf(lane, waiting));
    this.depth -= batch.length;
    if (waiting.length === 0) this.lanes.delete(lane.key);
    this.busy++;
    if (lane.long) this.busyLong++;
    const { kind, key } = lane;
    this.batches.set(key, (this.batches.get(key) ?? 0) + 1);
    const began = performance.now();
    const { batchSize, queueWait } = this.metrics();
    batchSize.observe({ kind }, batch.length);
    for (const { since } of batch) queueWait.observe({ kind }, (began - since) / 1000);
    const force = new AbortController();
    const timer = setTimeout(() => force.abort(), (this.limits.deadline + grace) * 1000);
    const settle = (act: (entry: Waiting, index: number) => void): void => {
      for (const [i, entry] of batch.entries()) {
        if (entry.over) continue;
        entry.over = true;
        act(entry, i);
      }
    };
    try {
      const results = await lane.run(
        batch.map(({ entry }) => entry),
        force.signal,
      );
      settle(({ resolve }, i) => resolve(results[i]));
    } catch (error) {
      settle(({ reject }) => reject(error));
    } finally {
      clearTimeout(timer);
      this.busy--;
      const left = this.batches.get(key)! - 1;
      if (left > 0) this.batches.set(key, left);
      else this.batches.delete(key);
      const behind = this.lanes.get(key);
      if (behind !== undefined) behind.gathered = true;
      if (lane.long) this.busyLong--;
      const seconds = (performance.now() - began) / 1000;
      this.usualSeconds += (seconds - this.usualSeconds) / 10;
      if (!lane.long) this.speed.remember(lane.key, seconds, batch.length);
      this.tellIdle();
      this.pump();
    }
  }
}
