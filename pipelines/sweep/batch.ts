// What launchers run: elements with numbers and names, each a process of this program. A sweep is one, and so is a prediction in shards.
import type { Lockable } from '../run-directory/run-lock.ts';
import type { SweepLayout } from './sweep-plan.ts';

/** Where the records of a batch's processes stand. */
export interface BatchRecords {
  readonly paths: Pick<SweepLayout, 'root' | 'logs' | 'failures'>;
}

export interface BatchElement {
  readonly id: string;
}

export interface Batch extends BatchRecords {
  /** The command that runs an element, by its name or the number of its task, in this program: `sweep-element`. */
  readonly verb: string;
  /** What the elements are together, in progress bars. */
  readonly label: string;
  /** What they make, where counting it says more than counting them: `blocks`. */
  readonly made?: { readonly unit: string; readonly total: number; count(): number };
  /** Absolute paths that every task reads, besides the batch's own folder. */
  readonly reads: readonly string[];
  /** Tasks of all rungs; numbers count from 1. */
  readonly tasks: number;
  /** Rungs begin one after another; 1 where there is one. */
  rungOf(task: number): number;
  /** Elements that are known by now, by task, ascending. */
  elements(): Promise<ReadonlyMap<number, BatchElement>>;
  /** Decides about the elements of a later rung, once those before are done. @throws UserError when they are not */
  decide(rung: number): Promise<void>;
  isFinished(element: BatchElement): Promise<boolean>;
  /** Grows while an element comes further, from one attempt to the next. */
  progressOf(element: BatchElement): number;
  /** Mark of the process that writes to an element; undefined where two may do so. */
  lockOf(element: BatchElement): Lockable | undefined;
}
