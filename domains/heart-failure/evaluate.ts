// The figures of a run: in each window every classifier on the same test patients, and of the leading one what somebody
// needs to know before trusting it.

import { UserError } from '../../core/errors.ts';
import { areaOf } from '../../core/metrics/area-interval.ts';
import { deLong } from '../../core/metrics/delong.ts';
import { rocCurve } from '../../core/metrics/roc.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import type { Window } from '../../data-adapters/heart-failure/cohort.ts';
import type { EvaluateContext, Evaluation, Figure } from '../domain.ts';
import { windowId, windowsOf, windowText } from './classifiers.ts';
import type { HeartFailureConfig } from './config.ts';
import { areaFigures } from './evaluation/area-figures.ts';
import { benefitPoints } from './evaluation/benefit-points.ts';
import { calibrationFigures, calibrationPoints } from './evaluation/calibration-figures.ts';
import type { Curves, RocPoint, WindowCurves } from './evaluation/curves.ts';
import { groupAreas } from './evaluation/groups.ts';
import { leadTimes } from './evaluation/lead-times.ts';
import { learningCurve } from './evaluation/learning-curve.ts';
import { type ScoredPatients, scorePatients } from './evaluation/scored-patients.ts';
import { timelinesOf } from './evaluation/timelines.ts';
import { isSequenceKind } from './networks/kinds.ts';
import { paperArea } from './paper.ts';
import { cohortOf, membersPart } from './parts.ts';
import type { MemberSplits } from './records/split.ts';

/** Points of a curve that is drawn. */
const drawnPoints = 200;

function rocPoints({ scores, labels }: ScoredPatients): RocPoint[] {
  return scores.flatMap(({ label, scores: own }) => {
    const { falsePositiveRate, truePositiveRate } = rocCurve(own, labels);
    const every = Math.max(1, Math.floor(falsePositiveRate.length / drawnPoints));
    return [...falsePositiveRate.keys()]
      .filter((i) => i % every === 0 || i === falsePositiveRate.length - 1)
      .map((i) => ({
        classifier: label,
        falsePositiveRate: falsePositiveRate[i],
        truePositiveRate: truePositiveRate[i],
      }));
  });
}

/** @throws UserError when the test set has not two patients of each class */
function requireBoth(labels: Uint8Array): void {
  const cases = labels.reduce((sum, y) => sum + y, 0);
  if (cases >= 2 && labels.length - cases >= 2) return;
  throw new UserError({
    what: `the test set has ${cases} cases and ${labels.length - cases} controls, too few to measure anything`,
    how: 'bring more records, or lower split.chunks',
  });
}

async function evaluateWindow(
  window: Window,
  parts: Parts,
  context: EvaluateContext<HeartFailureConfig>,
): Promise<{ figures: Figure[]; curves: WindowCurves }> {
  const cohort = cohortOf(parts);
  const splits: MemberSplits = parts[membersPart].splits;
  const simulated = parts[membersPart].provenance.kind === 'simulated';
  const patients = await scorePatients(cohort, window, splits, context);
  const { labels, scores, rows } = patients;
  requireBoth(labels);
  const areas = deLong(
    scores.map((own) => own.scores),
    labels,
  );
  const leading = scores[scores.length - 1];
  const classifier = leading.classifier!;
  return {
    figures: [
      ...areaFigures(patients, areas, simulated),
      ...calibrationFigures(patients, context.random.split('bootstrap', windowId(window))),
    ],
    curves: {
      window: windowId(window),
      title: windowText(window),
      leading: leading.label,
      roc: rocPoints(patients),
      areas: scores.map(({ label, kind }, k) => {
        const paper = paperArea(kind, window);
        return { classifier: label, ...areaOf(areas, labels, k), ...(paper ? { paper: paper.value } : {}) };
      }),
      calibration: calibrationPoints(patients),
      benefit: benefitPoints(patients, context.config.evaluation.incidence),
      leadTimes: await leadTimes(cohort, classifier, rows, context),
      groups: groupAreas(patients),
      timelines:
        simulated && isSequenceKind(classifier.kind) ? await timelinesOf(patients, classifier, context) : [],
    },
  };
}

export async function evaluate(
  parts: Parts,
  context: EvaluateContext<HeartFailureConfig>,
): Promise<Evaluation> {
  const { funnel, notes, source } = cohortOf(parts);
  const windows: WindowCurves[] = [];
  const figures: Figure[] = [];
  for (const window of windowsOf(context.models.ids)) {
    const measured = await evaluateWindow(window, parts, context);
    figures.push(...measured.figures);
    windows.push(measured.curves);
  }
  const curves: Curves = {
    source,
    incidence: context.config.evaluation.incidence,
    funnel,
    notes,
    windows,
    learning: await learningCurve(parts, context),
  };
  return { figures, curves: { ...curves } };
}
