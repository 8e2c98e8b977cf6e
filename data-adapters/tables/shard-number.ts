// Which share of a table a process has, when several answer it together.

export interface Shard {
  /** Which one, from 0. */
  readonly index: number;
  /** How many there are. */
  readonly of: number;
}
