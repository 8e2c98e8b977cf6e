// What a stage is done with: device, threads, somebody who watches, and a way to be stopped.
import type { Progress } from '../../core/progress.ts';
import { RandomStream } from '../../core/random.ts';
import type { Models, StageContext } from '../../domains/domain.ts';
import type { RunLayout } from '../run-directory/layout.ts';
import type { Run } from './run.ts';

/** Opens the finished networks of a run on a device. @param threads within an operator; ONNX Runtime's own choice by default */
export type OpenModels = (paths: RunLayout, device: string, threads?: number) => Promise<Models>;

export interface Work {
  readonly device: string;
  readonly threads: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  log(line: string): void;
  readonly openModels: OpenModels;
}

/** The context of one stage. Its random streams depend on the run's seed and the stage's name alone. */
export function stageContext(run: Run, stage: string, work: Work): StageContext<unknown> {
  const { seed } = run.status;
  return {
    config: run.config,
    seed,
    random: new RandomStream(seed, stage),
    device: work.device,
    threads: work.threads,
    progress: work.progress,
    signal: work.signal,
    log: (line) => work.log(line),
  };
}
