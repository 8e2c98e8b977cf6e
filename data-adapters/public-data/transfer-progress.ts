// A transfer as a piece of work for whoever watches: whole kilobytes of one file, over all attempts.
import type { Progress, ProgressTask } from '../../core/progress.ts';

export class TransferProgress {
  private task: ProgressTask | undefined;
  private told = 0;

  constructor(
    private readonly progress: Progress,
    private readonly label: string,
  ) {}

  /** Where it is now. A transfer that begins anew shows nothing until it is further than it was. */
  at(bytes: number, size: number | undefined): void {
    this.task ??= this.progress.task(this.label, Math.ceil((size ?? 0) / 1000), 'kB');
    const now = bytes === size ? Math.ceil(bytes / 1000) : Math.floor(bytes / 1000);
    if (now <= this.told) return;
    this.task.advance(now - this.told);
    this.told = now;
  }

  end(): void {
    this.task?.end();
  }
}
