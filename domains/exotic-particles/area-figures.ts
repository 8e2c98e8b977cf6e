// The paper's table: AUC of every classifier, beside the paper's, and the differences that are its point, on the same events.
import type { Figure } from '../domain.ts';
import type { Areas } from './areas.ts';
import { type Classifier, classifierLabel, judgedClassifiers } from './classifiers.ts';
import { level, meanArea, meanAreaDifference } from './mean-areas.ts';
import type { NetworkKind } from './networks/kinds.ts';
import type { FeatureGroup, PaperKind, Problem } from './problems.ts';

export interface AreaFigureOptions {
  readonly problem: Problem;
  readonly classifiers: readonly Classifier[];
  /** Areas of all networks, in the order of `ids`. */
  readonly areas: Areas;
  readonly ids: readonly string[];
  readonly events: number;
  /** Whether the events were generated: made to resemble the paper's, and not these. */
  readonly generated: boolean;
  /** Networks whose areas stand behind all networks of a classifier together: `ids` of them, by classifier. */
  readonly together: ReadonlyMap<Classifier, number>;
}

const groupText: Readonly<Record<FeatureGroup, string>> = {
  low: 'low-level features',
  high: 'high-level features',
  complete: 'all features',
};

export function areaFigures({
  problem,
  classifiers,
  areas,
  ids,
  events,
  generated,
  together,
}: AreaFigureOptions): Figure[] {
  const members = (classifier: Classifier): number[] => classifier.ids.map((id) => ids.indexOf(id));
  const paperOf = (kind: NetworkKind, group: FeatureGroup) => problem.paper?.[kind as PaperKind]?.[group];
  const figures = judgedClassifiers(classifiers).map((classifier, place): Figure => {
    const first = place === 0;
    const { kind, group } = classifier;
    const logistic = classifiers.find((other) => other.kind === 'logistic' && other.group === group);
    const ensemble = classifier.ids.length > 1 ? together.get(classifier) : undefined;
    const paper = paperOf(kind, group);
    return {
      id: `auc-${problem.name}-${kind}-${group}`,
      label: `AUC, ${problem.name}, ${classifierLabel(classifier)}`,
      ...meanArea(areas, members(classifier)),
      level,
      n: events,
      ...(paper ? { paper } : {}),
      ...(paper && generated && first
        ? {
            note: "The paper's networks saw other events, and a hundred times as many: compare the order, not the values.",
          }
        : {}),
      baselines: [
        ...(ensemble === undefined
          ? []
          : [
              {
                id: 'ensemble',
                label: `its ${classifier.ids.length} networks together`,
                ...meanArea(areas, [ensemble]),
              },
            ]),
        ...(logistic === undefined || kind === 'logistic'
          ? []
          : [{ id: 'logistic', label: 'logistic regression', ...meanArea(areas, members(logistic)) }]),
      ],
    };
  });
  return [...figures, ...differences(problem, classifiers, areas, members, events)];
}

/** Deep against shallow on the same features, and measured features against derived ones for the same network. */
function differences(
  problem: Problem,
  classifiers: readonly Classifier[],
  areas: Areas,
  members: (classifier: Classifier) => number[],
  events: number,
): Figure[] {
  const find = (kind: NetworkKind, group: FeatureGroup): Classifier | undefined =>
    classifiers.find((classifier) => classifier.kind === kind && classifier.group === group);
  const pairs: { id: string; label: string; first?: Classifier; second?: Classifier }[] = [
    ...(['deep', 'standard'] as const).flatMap((kind) =>
      (['low', 'high', 'complete'] as const).map((group) => ({
        id: `depth-${kind}-${group}`,
        label: `${kind} less shallow, ${groupText[group]}`,
        first: find(kind, group),
        second: find('shallow', group),
      })),
    ),
    ...(['deep', 'standard'] as const).map((kind) => ({
      id: `features-${kind}`,
      label: `low-level less high-level features, ${kind}`,
      first: find(kind, 'low'),
      second: find(kind, 'high'),
    })),
  ];
  return pairs.flatMap(({ id, label, first, second }): Figure[] => {
    if (first === undefined || second === undefined) return [];
    return [
      {
        id: `auc-difference-${problem.name}-${id}`,
        label: `AUC, ${problem.name}: ${label}`,
        ...meanAreaDifference(areas, members(first), members(second)),
        level,
        n: events,
      },
    ];
  });
}
