// The plots of a run.
import type { Evaluation, Plot } from '../domain.ts';
import type { HeartFailureConfig } from './config.ts';
import type { Curves } from './evaluation/curves.ts';
import { areaTable } from './plots/area-table.ts';
import { benefitPlot } from './plots/benefit-plot.ts';
import { calibrationPlot } from './plots/calibration-plot.ts';
import { funnelTable } from './plots/funnel-table.ts';
import { groupPlot } from './plots/group-plot.ts';
import { leadTimePlot } from './plots/lead-time-plot.ts';
import { learningPlot } from './plots/learning-plot.ts';
import { rocPlot } from './plots/roc-plot.ts';
import { timelinePlot } from './plots/timeline-plot.ts';

export async function figures(evaluation: Evaluation, _config: HeartFailureConfig): Promise<Plot[]> {
  const curves = evaluation.curves as unknown as Curves;
  return [
    ...curves.windows.map((window) => areaTable(window)),
    ...curves.windows.map((window) => rocPlot(window)),
    ...curves.windows.flatMap((window) => [
      calibrationPlot(window),
      benefitPlot(window, curves.incidence),
      groupPlot(window),
      ...(window.leadTimes.length > 1 ? [leadTimePlot(window)] : []),
      ...(window.timelines.length > 0 ? [timelinePlot(window)] : []),
    ]),
    ...(curves.learning.length > 0 ? [learningPlot(curves.learning)] : []),
    funnelTable(curves),
  ];
}
