// The test patients of a window with what every classifier says of them.
import type { Cohort, CohortMember, Window } from '../../../data-adapters/heart-failure/cohort.ts';
import type { EvaluateContext } from '../../domain.ts';
import { scoreNeighbours } from '../baselines/score-neighbours.ts';
import { type Classifier, classifierLabel, classifiersOf } from '../classifiers.ts';
import type { HeartFailureConfig } from '../config.ts';
import { type ObservedCohort, observedCohort } from '../records/observed-cohort.ts';
import { groupsOf } from '../records/representation-groups.ts';
import type { MemberSplits } from '../records/split.ts';
import { scoreRecords } from '../score-records.ts';

/** Scores of one way of telling, on the rows of the test set. */
export interface Scores {
  /** kebab-case. */
  readonly id: string;
  readonly label: string;
  /** As the paper names it: `knn`, `svm`, ... */
  readonly kind: string;
  /** Higher for cases. */
  readonly scores: Float32Array;
  /** Networks alone. */
  readonly classifier?: Classifier;
}

export interface ScoredPatients {
  readonly window: Window;
  readonly members: readonly CohortMember[];
  /** 1 for a case. */
  readonly labels: Uint8Array;
  /** From the plainest to the leading classifier, whose scores are calibrated log odds. */
  readonly scores: readonly Scores[];
  /** As the leading classifier sees them. */
  readonly observed: ObservedCohort;
  readonly rows: Uint32Array;
}

/** Mean over networks of calibrated log odds. */
export async function logitsOf(
  classifier: Classifier,
  observed: ObservedCohort,
  rows: Uint32Array,
  { config, models }: EvaluateContext<HeartFailureConfig>,
): Promise<Float32Array> {
  const mean = new Float32Array(rows.length);
  for (const id of classifier.ids) {
    const { logit } = await scoreRecords(classifier, observed, rows, config, (inputs) =>
      models.run(id, inputs),
    );
    logit.forEach((x, i) => {
      mean[i] += x / classifier.ids.length;
    });
  }
  return mean;
}

/** Events and visits in the window: what can be told from how much there is in a record, not what. */
function volumes(members: readonly CohortMember[]): Scores[] {
  const visits = ({ daysBefore }: CohortMember) => new Set(daysBefore.map(Math.ceil)).size;
  return [
    {
      id: 'event-count',
      label: 'number of events alone',
      kind: 'event-count',
      scores: Float32Array.from(members, ({ concepts }) => concepts.length),
    },
    {
      id: 'visit-count',
      label: 'number of visits alone',
      kind: 'visit-count',
      scores: Float32Array.from(members, visits),
    },
  ];
}

/** The cohort as a network sees it. */
export async function observe(
  cohort: Cohort,
  window: Window,
  { representation, ids }: Classifier,
  { config, models }: EvaluateContext<HeartFailureConfig>,
): Promise<ObservedCohort> {
  const groups = await groupsOf(config);
  return observedCohort(cohort, window, groups(representation), (await models.metadata(ids[0])).vocabulary);
}

/** None where there is nobody to be near to, on other records than were learnt from. */
async function neighbourScores(
  observed: ObservedCohort,
  splits: MemberSplits,
  context: EvaluateContext<HeartFailureConfig>,
): Promise<Scores[]> {
  // Neighbours are asked for their true labels, which a check with others is not to see.
  if (splits.train.length === 0 || context.config.training.shuffleLabels) return [];
  const { k, scores } = await scoreNeighbours(observed, splits, context);
  return [{ id: 'knn', label: `${k} nearest neighbours`, kind: 'knn', scores }];
}

export async function scorePatients(
  cohort: Cohort,
  window: Window,
  splits: MemberSplits,
  context: EvaluateContext<HeartFailureConfig>,
): Promise<ScoredPatients> {
  const { models } = context;
  const classifiers = classifiersOf(models.ids, window);
  const seen = new Map<string, Promise<ObservedCohort>>();
  const observedBy = (classifier: Classifier): Promise<ObservedCohort> => {
    const observed = seen.get(classifier.representation) ?? observe(cohort, window, classifier, context);
    seen.set(classifier.representation, observed);
    return observed;
  };
  const first = await observedBy(classifiers[0]);
  const members = Array.from(splits.test, (row) => first.cohort.members[row]);
  const scores = [...volumes(members), ...(await neighbourScores(first, splits, context))];
  for (const classifier of classifiers) {
    const { kind, representation, timed } = classifier;
    scores.push({
      id: [kind, representation, ...(timed ? [] : ['untimed'])].join('-'),
      label: classifierLabel(classifier, classifiers),
      kind,
      scores: await logitsOf(classifier, await observedBy(classifier), splits.test, context),
      classifier,
    });
  }
  const leading = classifiers[classifiers.length - 1];
  return {
    window,
    members,
    labels: Uint8Array.from(members, ({ isCase }) => Number(isCase)),
    scores,
    observed: await observedBy(leading),
    rows: splits.test,
  };
}
