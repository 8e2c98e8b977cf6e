// Where the variables of an engine live between calls. The engine knows only cells; whether a cell is host memory or a
// buffer on a graphics card is the store's affair.
import type { RuntimeTensor } from '../graph/session.ts';
import type { Constant, Value } from '../graph/value.ts';

/** One variable's numbers on the device. */
export interface Cell {
  /** The numbers now; fed to the next call that reads them. */
  readonly present: RuntimeTensor;
  /** What the next call writes into. */
  readonly target: RuntimeTensor;
  /** Takes what a call wrote into the target for the present numbers. */
  replace(): void;
}

/** Keeps cells. */
export interface StateStore {
  /** A cell for each value; the values hold their numbers and keep them. */
  create(values: readonly Value[]): Promise<Cell[]>;
  /** Copies of the present numbers. */
  read(cells: readonly Cell[]): Promise<Constant[]>;
  /** Sets the present numbers. */
  write(cells: readonly Cell[], numbers: readonly Constant[]): Promise<void>;
  /** Frees cells that nobody will use again. */
  release(cells: Iterable<Cell>): void;
  /** Frees what the store needs for itself; its cells are released before. */
  dispose(): Promise<void>;
}
