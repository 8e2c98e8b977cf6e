// What went through a stream of events, and whether anything can be learned from it.
import { UserError } from '../../core/errors.ts';
import type { RejectedRow } from './event-stream.ts';
import type { Table } from './table.ts';

/** Weights that cancel to this share of their absolute sum sum to zero. */
const cancelled = 1e-12;

export class EventTally {
  private rows = 0;
  private events = 0;
  private rejections = 0;
  private firstRejection: RejectedRow | undefined;
  private readonly afterCut: number[];
  private readonly classes = [
    { name: 'background', events: 0, weight: 0, absolute: 0 },
    { name: 'signal', events: 0, weight: 0, absolute: 0 },
  ];
  private labelled = false;

  constructor(
    private readonly table: Table,
    private readonly cuts: readonly string[],
  ) {
    this.afterCut = cuts.map(() => 0);
  }

  /** Rows that were left after a cut. */
  cut(place: number, left: number): void {
    this.afterCut[place] += left;
  }

  add(
    rows: number,
    rejected: readonly RejectedRow[],
    label: Uint8Array | undefined,
    weight: Float64Array,
  ): void {
    this.rows += rows;
    this.events += weight.length;
    this.rejections += rejected.length;
    this.firstRejection ??= rejected[0];
    this.labelled = label !== undefined;
    for (let i = 0; i < weight.length; i++) {
      const group = this.classes[label?.[i] ?? 0];
      group.events += 1;
      group.weight += weight[i];
      group.absolute += Math.abs(weight[i]);
    }
  }

  /** @throws UserError when no event is left, and for training when there is one class or weights sum to zero */
  check(forTraining: boolean): void {
    const where = this.table.name;
    if (this.rows === 0)
      throw new UserError({ what: 'holds no row', where, how: 'check that it was written to its end' });
    if (this.events === 0) {
      const empty = this.afterCut.indexOf(0);
      if (empty >= 0 && this.rejections < this.rows) {
        const before = empty === 0 ? `${this.rows - this.rejections}` : `${this.afterCut[empty - 1]}`;
        throw new UserError({
          what: `cut "${this.cuts[empty]}" keeps nothing of ${before} rows`,
          where,
          how: 'loosen the cut, or check its units',
        });
      }
      const { row, what } = this.firstRejection!;
      throw new UserError({
        what: `all ${this.rejections} rows were rejected, the first (${this.table.rowNoun} ${row}) because ${what}`,
        where,
        how: 'check the mapping of the columns; missing values need their codes',
      });
    }
    if (!forTraining) return;
    const [background, signal] = this.classes;
    if (this.labelled && (background.events === 0 || signal.events === 0)) {
      const only = signal.events === 0 ? background : signal;
      throw new UserError({
        what: `all ${only.events} events are ${only.name}`,
        where,
        how: 'check the column of labels and which of its values are signal',
      });
    }
    for (const { name, weight, absolute } of this.labelled ? this.classes : [background]) {
      if (weight > cancelled * absolute) continue;
      const sum = Math.abs(weight) <= cancelled * absolute ? 0 : Number(weight.toPrecision(6));
      throw new UserError({
        what: `the weights of ${this.labelled ? name : 'all events'} sum to ${sum}, expected more than 0`,
        where,
        how: 'check the column of weights',
      });
    }
  }
}
