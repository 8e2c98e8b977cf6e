// Background rejection and signal efficiencies of the leading classifier, beside those of the others on the same features.
import { RankedScores } from '../../core/metrics/ranked-scores.ts';
import { type RocCurve, rankedRocCurve } from '../../core/metrics/roc.ts';
import { scoreBootstraps } from '../../core/metrics/score-bootstrap.ts';
import type { Estimate, EvaluateContext, Figure } from '../domain.ts';
import { type Classifier, classifierLabel } from './classifiers.ts';
import type { CollisionsConfig } from './config.ts';
import { level } from './mean-areas.ts';
import type { Problem } from './problems.ts';
import { type ScoredEvents, togetherScores } from './scored-events.ts';
import {
  backgroundRejection,
  backgroundWorkingPoints,
  signalEfficiency,
} from './statistics/working-points.ts';

/** Figures of a ROC curve at the working points that analyses quote. */
const workingPoints = [
  {
    id: 'rejection-50',
    label: 'background rejection at 50 % signal',
    read: (curve: RocCurve) => backgroundRejection(curve, 0.5),
  },
  ...backgroundWorkingPoints.map((share) => ({
    id: `efficiency-${100 * share}`,
    label: `signal efficiency at ${100 * share} % background`,
    read: (curve: RocCurve) => signalEfficiency(curve, share),
  })),
];

export function workingPointFigures(
  { name }: Problem,
  leading: Classifier,
  others: readonly Classifier[],
  test: ScoredEvents,
  { random, config }: EvaluateContext<CollisionsConfig>,
): Figure[] {
  const estimates = (classifier: Classifier): Estimate[] =>
    scoreBootstraps(
      new RankedScores(togetherScores(test, classifier.ids), test.label),
      (ranked, weights) => {
        const curve = rankedRocCurve(ranked, weights);
        return workingPoints.map(({ read }) => read(curve));
      },
      {
        weights: test.weight,
        random: random.split('working-points', name, classifier.kind),
        replicates: config.bootstrap,
        level,
      },
    );
  const own = estimates(leading);
  const beside = others.map((other) => ({ other, values: estimates(other) }));
  return workingPoints.map(({ id, label }, k) => ({
    id: `${id}-${name}`,
    label: `${label}, ${name}, ${classifierLabel(leading)}`,
    ...own[k],
    level,
    n: test.label.length,
    baselines: beside.map(({ other, values }) => ({
      id: other.kind,
      label: classifierLabel(other),
      ...values[k],
    })),
  }));
}
