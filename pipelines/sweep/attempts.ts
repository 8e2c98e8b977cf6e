// What every launcher keeps account of: how often an element was tried, whether it is tried again, and which ones another process
// still writes to.
import { lockHolder } from '../run-directory/run-lock.ts';
import { forgetFailure, recordFailure } from './element-state.ts';
import { elementRun, type Sweep, type SweepElement } from './sweep-plan.ts';

export class Attempts {
  /** Elements given up. */
  given = 0;
  private readonly tried = new Map<string, number>();
  private readonly told = new Set<string>();

  /** @param retries further attempts at one that failed */
  constructor(
    private readonly sweep: Sweep,
    private readonly retries: number,
    private readonly log: (line: string) => void,
  ) {}

  async begin(element: SweepElement): Promise<void> {
    this.tried.set(element.id, this.of(element) + 1);
    await forgetFailure(this.sweep, element);
  }

  /** Attempts so far. */
  of({ id }: SweepElement): number {
    return this.tried.get(id) ?? 0;
  }

  /** Does not count the last attempt: it was told to stop, and came further. */
  forgive(element: SweepElement): void {
    this.tried.set(element.id, this.of(element) - 1);
    this.log(`${element.id} was told to stop, and goes on`);
  }

  /** Takes note of an attempt that came to nothing. @returns whether to try again; else the failure is recorded and told */
  async failed(element: SweepElement, exit: number | string, log: string): Promise<boolean> {
    const attempts = this.of(element);
    if (attempts <= this.retries) {
      this.log(`${element.id} ended with ${exit}; trying again (${attempts} of ${this.retries})`);
      return true;
    }
    const { lines } = await recordFailure(this.sweep, element, { exit, attempts, log });
    this.given += 1;
    this.log(
      `${element.id} failed with ${exit} after ${attempts} attempt${attempts === 1 ? '' : 's'}; its last lines:`,
    );
    for (const line of lines) this.log(`  ${line}`);
    return false;
  }

  /** Whether a process of an earlier launcher still writes to the run, which is then waited for. Told once. */
  isHeld(element: SweepElement): boolean {
    const paths = elementRun(this.sweep, element);
    const holder = lockHolder(paths);
    if (holder === undefined) return false;
    if (!this.told.has(element.id)) {
      this.told.add(element.id);
      const elsewhere = holder.includes(' on ') ? `; if it is gone, delete ${paths.lock}` : '';
      this.log(`${element.id}: waiting for ${holder}, which writes to it${elsewhere}`);
    }
    return true;
  }
}
