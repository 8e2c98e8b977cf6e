// The plots of a run, search by search.
import type { Evaluation, Plot } from '../domain.ts';
import type { CollisionCurves } from './curves.ts';
import { cutPlot } from './plots/cut-plot.ts';
import { cutTable } from './plots/cut-table.ts';
import { expectedPlots } from './plots/expected-plot.ts';
import { importancePlots } from './plots/importance-plot.ts';
import { massPlots } from './plots/mass-plot.ts';
import { rocPlot } from './plots/roc-plot.ts';
import { scorePlot } from './plots/score-plot.ts';

export async function figures({ curves }: Evaluation): Promise<Plot[]> {
  const { problems } = curves as unknown as CollisionCurves;
  return problems.flatMap((problem) => [
    rocPlot(problem),
    scorePlot(problem),
    cutPlot(problem),
    cutTable(problem),
    ...expectedPlots(problem),
    ...massPlots(problem),
    ...importancePlots(problem),
  ]);
}
