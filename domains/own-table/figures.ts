// The plots of a run.
import type { Evaluation, Plot } from '../domain.ts';
import type { OwnTableConfig } from './config.ts';
import type { TableCurves } from './evaluation/curves.ts';
import { calibrationPlot } from './plots/calibration-plot.ts';
import { confusionTable } from './plots/confusion-table.ts';
import { importancePlot } from './plots/importance-plot.ts';
import { predictionPlot } from './plots/prediction-plot.ts';
import { rocPlot } from './plots/roc-plot.ts';
import { schemaTable } from './plots/schema-table.ts';

export async function figures(evaluation: Evaluation, _config: OwnTableConfig): Promise<Plot[]> {
  const curves = evaluation.curves as unknown as TableCurves;
  return [
    ...(curves.roc.length > 0 ? [rocPlot(curves)] : []),
    ...(curves.calibration.length > 0 ? [calibrationPlot(curves)] : []),
    ...(curves.confusion.length > 0 ? [confusionTable(curves)] : []),
    ...(curves.predictedAgainstTrue.length > 0 ? [predictionPlot(curves)] : []),
    ...(curves.importance.length > 0 ? [importancePlot(curves)] : []),
    schemaTable(curves),
  ];
}
