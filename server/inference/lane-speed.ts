// How long an entry of each lane took lately, and how many therefore run together: a batch of heavy images is smaller than
// one of rows, so that workers share the work and nobody waits long for others.

/** Seconds that a batch may take. */
const longestBatch = 0.5;

/** Seconds of work that are not worth a second worker. */
export const shortBatch = 0.003;

/** Lanes whose speed is remembered. */
const mostRemembered = 1000;

export class LaneSpeed {
  private readonly secondsEach = new Map<string, number>();

  /** Entries that run together at most, of `most`. */
  mostOf(key: string, most: number): number {
    const each = this.secondsEach.get(key);
    return each === undefined ? most : Math.max(1, Math.min(most, Math.floor(longestBatch / each)));
  }

  /** Entries of `waiting` that one of `free` workers takes: its share, or what takes no time. */
  shareOf(key: string, waiting: number, free: number): number {
    const each = this.secondsEach.get(key);
    return each === undefined ? waiting : Math.max(Math.ceil(waiting / free), Math.floor(shortBatch / each));
  }

  /** Whether `count` entries take no time worth a second worker. */
  isShort(key: string, count: number): boolean {
    return count * (this.secondsEach.get(key) ?? Number.POSITIVE_INFINITY) < shortBatch;
  }

  /** @param seconds that a batch of `entries` took */
  remember(key: string, seconds: number, entries: number): void {
    const each = seconds / entries;
    const before = this.secondsEach.get(key);
    if (before === undefined && this.secondsEach.size >= mostRemembered) this.secondsEach.clear();
    this.secondsEach.set(key, before === undefined ? each : before + (each - before) / 4);
  }
}
