// How long before the diagnosis a classifier sees it coming: the same network on records that end earlier and earlier.

import { areaOf } from '../../../core/metrics/area-interval.ts';
import { deLong } from '../../../core/metrics/delong.ts';
import type { Cohort } from '../../../data-adapters/heart-failure/cohort.ts';
import type { Estimate, EvaluateContext } from '../../domain.ts';
import type { Classifier } from '../classifiers.ts';
import type { HeartFailureConfig } from '../config.ts';
import { logitsOf, observe } from './scored-patients.ts';

export async function leadTimes(
  cohort: Cohort,
  classifier: Classifier,
  rows: Uint32Array,
  context: EvaluateContext<HeartFailureConfig>,
): Promise<(Estimate & { days: number })[]> {
  const { observation, gap } = classifier;
  const labels = Uint8Array.from(rows, (row) => Number(cohort.members[row].isCase));
  const points: (Estimate & { days: number })[] = [];
  for (const days of context.config.evaluation.leadTimes.filter((lead) => lead >= gap)) {
    context.signal.throwIfAborted();
    const window = { observation, gap: days };
    const earlier = await observe(cohort, window, classifier, context);
    const logits = await logitsOf(classifier, earlier, rows, context);
    points.push({ days, ...areaOf(deLong([logits], labels), labels) });
  }
  return points;
}
