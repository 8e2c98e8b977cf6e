// The figures of the gauge theory: the fully connected network at chance, the convolutional one at 100 %, and what the
// latter makes of spoiled ground states.
import type { Dataset } from '../../../../data-adapters/dataset.ts';
import type { EvaluateContext, Evaluation } from '../../../domain.ts';
import type { PhasesConfig } from '../../config.ts';
import { gaugeCurves } from './curves.ts';
import { measureGauge } from './measure.ts';
import { gaugeFigures } from './results.ts';

export async function evaluate(
  dataset: Dataset,
  context: EvaluateContext<PhasesConfig>,
): Promise<Evaluation> {
  const measured = await measureGauge(dataset, context);
  return {
    figures: gaugeFigures(measured),
    curves: gaugeCurves(measured) as unknown as Evaluation['curves'],
  };
}
