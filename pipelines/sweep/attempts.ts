// What every launcher keeps account of: how often an element was tried, whether it is tried again, and which ones another process
// still writes to.
import { lockHolder } from '../run-directory/run-lock.ts';
import type { Batch, BatchElement } from './batch.ts';
import { forgetFailure, recordFailure } from './element-state.ts';

export class Attempts {
  /** Elements given up. */
  given = 0;
  private readonly tried = new Map<string, number>();
  private readonly told = new Set<string>();

  /** @param retries further attempts at one that failed */
  constructor(
    private readonly batch: Batch,
    private readonly retries: number,
    private readonly log: (line: string) => void,
  ) {}

  async begin(element: BatchElement): Promise<void> {
    this.tried.set(element.id, this.of(element) + 1);
    await forgetFailure(this.batch, element);
  }

  /** Attempts so far. */
  of({ id }: BatchElement): number {
    return this.tried.get(id) ?? 0;
  }

  /** Does not count the last attempt: it was told to stop, and came further. */
  forgive(element: BatchElement): void {
    this.tried.set(element.id, this.of(element) - 1);
    this.log(`${element.id} was told to stop, and goes on`);
  }

  /** Takes note of an attempt that came to nothing. @returns whether to try again; else the failure is recorded and told */
  async failed(element: BatchElement, exit: number | string, log: string): Promise<boolean> {
    const attempts = this.of(element);
    if (attempts <= this.retries) {
      this.log(`${element.id} ended with ${exit}; trying again (${attempts} of ${this.retries})`);
      return true;
    }
    const { lines } = await recordFailure(this.batch, element, { exit, attempts, log });
    this.given += 1;
    this.log(
      `${element.id} failed with ${exit} after ${attempts} attempt${attempts === 1 ? '' : 's'}; its last lines:`,
    );
    for (const line of lines) this.log(`  ${line}`);
    return false;
  }

  /** Whether a process of an earlier launcher still writes to the run, which is then waited for. Told once. */
  isHeld(element: BatchElement): boolean {
    const paths = this.batch.lockOf(element);
    const holder = paths && lockHolder(paths);
    if (paths === undefined || holder === undefined) return false;
    if (!this.told.has(element.id)) {
      this.told.add(element.id);
      const elsewhere = holder.includes(' on ') ? `; if it is gone, delete ${paths.lock}` : '';
      this.log(`${element.id}: waiting for ${holder}, which writes to it${elsewhere}`);
    }
    return true;
  }
}
