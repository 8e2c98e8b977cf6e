// What more patients would give: the leading network on shares of the training set, and on all of it.

import { areaOf } from '../../../core/metrics/area-interval.ts';
import { deLong } from '../../../core/metrics/delong.ts';
import type { Parts } from '../../../data-adapters/dataset.ts';
import type { EvaluateContext } from '../../domain.ts';
import { classifiersOf, leadingClassifier, windowsOf, windowText } from '../classifiers.ts';
import type { HeartFailureConfig } from '../config.ts';
import { parseNetworkId } from '../network-id.ts';
import { cohortOf, membersPart } from '../parts.ts';
import type { Curves } from './curves.ts';
import { logitsOf, observe } from './scored-patients.ts';

export async function learningCurve(
  parts: Parts,
  context: EvaluateContext<HeartFailureConfig>,
): Promise<Curves['learning']> {
  const { models } = context;
  const { train, test } = parts[membersPart].splits;
  const cohort = cohortOf(parts);
  const labels = Uint8Array.from(test, (row) => Number(cohort.members[row].isCase));
  const points: Curves['learning'][number][] = [];
  for (const window of windowsOf(models.ids)) {
    const smaller = models.ids.flatMap((id) => {
      const name = parseNetworkId(id);
      const own = name?.observation === window.observation && name.gap === window.gap;
      return own && name.share < 100 ? { ...name, ids: [id] } : [];
    });
    if (smaller.length === 0) continue;
    const whole = leadingClassifier(classifiersOf(models.ids, window));
    const observed = await observe(cohort, window, whole, context);
    const all = [...smaller, { ...whole, ids: whole.ids.slice(0, 1) }].sort((a, b) => a.share - b.share);
    for (const classifier of all) {
      const logits = await logitsOf(classifier, observed, test, context);
      points.push({
        window: windowText(window),
        patients: Math.ceil((train.length * classifier.share) / 100),
        ...areaOf(deLong([logits], labels), labels),
      });
    }
  }
  return points;
}
