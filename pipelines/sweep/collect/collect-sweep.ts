// Collects a sweep: sweep.csv, sweep.parquet and report.html from its run directories. Each file is written whole, so that two who
// collect at once leave one's or the other's.
import { writeFileAtomic } from '../../../core/files/atomic-write.ts';
import type { Domain } from '../../../domains/domain.ts';
import type { ElementState } from '../element-state.ts';
import { readPromotion } from '../halving/rung-elements.ts';
import type { Sweep } from '../sweep-plan.ts';
import { collectElements } from './collect-elements.ts';
import { sweepReport } from './sweep-report.ts';
import { csvText, parquetBytes, sweepColumns, trialColumns } from './sweep-table.ts';
import { type SweepSummary, summarise } from './trial-summary.ts';

export interface Collection {
  readonly states: readonly ElementState[];
  readonly summary: SweepSummary;
  readonly finished: number;
  readonly failed: number;
  /** Those that failed on a rung whose promotion is decided. */
  readonly dropped: number;
}

/** @throws UserError when no run has the objective; the tables are written all the same */
export async function collectSweep(sweep: Sweep, domain: Domain): Promise<Collection> {
  const { elements, mistake } = await collectElements(sweep, domain);
  const { paths, plan } = sweep;
  const columns = sweepColumns(plan, elements);
  await writeFileAtomic(paths.csv, csvText(columns));
  await writeFileAtomic(paths.parquet, await parquetBytes(columns));
  if (mistake !== undefined) throw mistake;
  const summary = summarise(elements, plan.objective);
  if (plan.folds !== undefined) await writeFileAtomic(paths.folds, csvText(trialColumns(plan, summary)));
  await writeFileAtomic(paths.report, await sweepReport(sweep, domain, elements, summary));
  const states = elements.map(({ state }) => state);
  const count = (status: ElementState['status'], own = states): number =>
    own.filter((state) => state.status === status).length;
  // Those of a rung that has been decided about are not tried again.
  const undecided: ElementState[] = [];
  for (const state of states) {
    const { rung = 1 } = state.element;
    if ((await readPromotion(sweep, rung + 1)) === undefined) undecided.push(state);
  }
  const failed = count('failed', undecided);
  return { states, summary, finished: count('finished'), failed, dropped: count('failed') - failed };
}
