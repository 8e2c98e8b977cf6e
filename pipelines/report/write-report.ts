// Report: writes report.html and model-card.md of an evaluated run.
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import { type Run, requireStage } from '../stages/run.ts';
import { modelCard } from './model-card.ts';
import { gatherReport } from './report-content.ts';
import { reportPage } from './report-page.ts';

export async function writeReport(run: Run): Promise<void> {
  requireStage(run, 'evaluate');
  const content = await gatherReport(run);
  await writeFileAtomic(run.paths.modelCard, modelCard(content));
  await writeFileAtomic(run.paths.report, await reportPage(content));
}
