// What runs together: a lane of requests that are alike, and how a request says that nobody waits for it any more.

export interface Lane<Entry, Result> {
  readonly key: string;
  /** For the metrics: `infer`, `items`, `file`. */
  readonly kind: string;
  /** Entries that run together at most. */
  readonly most: number;
  /** Bytes of one entry; 0 when left out. */
  bytesOf?(entry: Entry): number;
  /** Bytes that run together at most, but for an entry that has more by itself; any number when left out. */
  readonly mostBytes?: number;
  /** Whether its work takes long: a worker is kept free of it where there are several. */
  readonly long: boolean;
  /** @param signal ends the work by force. @returns what came of each entry, in their order */
  run(entries: readonly Entry[], signal: AbortSignal): Promise<readonly Result[]>;
}

/** Says that nobody waits for a result any more: an AbortSignal, or what is as much of one. */
export interface Gone {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
