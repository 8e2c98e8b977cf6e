// How far a batch is, for whoever watches: in its elements, or in what they are made of where the batch counts that.
import type { Progress, ProgressTask } from '../../core/progress.ts';
import type { Batch } from './batch.ts';

/** Milliseconds between two looks at what is made while no element ends: counting files takes time, too. */
const lookEvery = 2000;

export class BatchProgress {
  private readonly task: ProgressTask;
  private units = 0;
  private looked = Number.NEGATIVE_INFINITY;

  /** @param total elements; @param done those of them that are done already */
  constructor(
    private readonly batch: Pick<Batch, 'made'>,
    progress: Progress,
    { label, total, done }: { readonly label: string; readonly total: number; readonly done: number },
  ) {
    const { made } = batch;
    this.task = progress.task(label, made?.total ?? total, made?.unit ?? 'elements');
    this.task.advance(made === undefined ? done : this.count(made));
  }

  /** @param elements that have ended since; @param counts shown beside it */
  advance(elements: number, counts: Readonly<Record<string, number>>): void {
    const { made } = this.batch;
    this.task.advance(made === undefined ? elements : this.count(made), counts);
  }

  /** What came while no element ended. */
  look(counts: Readonly<Record<string, number>>): void {
    const { made } = this.batch;
    if (made === undefined || performance.now() - this.looked < lookEvery) return;
    this.task.advance(this.count(made), counts);
  }

  end(): void {
    this.task.end();
  }

  private count(made: NonNullable<Batch['made']>): number {
    this.looked = performance.now();
    const before = this.units;
    this.units = made.count();
    return this.units - before;
  }
}
