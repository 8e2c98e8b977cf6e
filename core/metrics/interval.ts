// A value with the interval that is reported beside it.

export interface Interval {
  readonly value: number;
  /** Bounds at the level asked for, 0.95 by default. */
  readonly low: number;
  readonly high: number;
}
