// A sweep as launchers see it.
import { statSync } from 'node:fs';
import type { Domain } from '../../domains/domain.ts';
import type { Batch, BatchElement } from './batch.ts';
import { elementState } from './element-state.ts';
import { promote } from './halving/promote.ts';
import { elementsByTask, rungOfTask, taskCount } from './halving/rung-elements.ts';
import { elementRun, type Sweep, type SweepElement } from './sweep-plan.ts';

export const sweepBatch = (sweep: Sweep, domain: Domain): Batch => ({
  paths: sweep.paths,
  verb: 'sweep-element',
  label: 'sweep',
  reads: [sweep.plan.source, sweep.plan.config, sweep.plan.from].flatMap((path) => path ?? []),
  tasks: taskCount(sweep.plan),
  rungOf: (task) => rungOfTask(sweep.plan, task),
  elements: () => elementsByTask(sweep),
  async decide(rung) {
    await promote(sweep, domain, rung);
  },
  isFinished: async (element: BatchElement) =>
    (await elementState(sweep, element as SweepElement)).status === 'finished',
  // Bytes that a run has recorded of its training.
  progressOf: (element: BatchElement) =>
    statSync(elementRun(sweep, element as SweepElement).metrics, { throwIfNoEntry: false })?.size ?? 0,
  lockOf: (element: BatchElement) => elementRun(sweep, element as SweepElement),
});
