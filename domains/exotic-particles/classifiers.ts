// The classifiers of a search: networks of one kind on one group of features, told apart only by their seeds, and what they
// say together.

import { type NetworkName, parseNetworkId } from './network-id.ts';
import { type NetworkKind, networkKinds } from './networks/kinds.ts';
import { type FeatureGroup, featureGroups, type ProblemName } from './problems.ts';

export interface Classifier {
  readonly kind: NetworkKind;
  readonly group: FeatureGroup;
  /** Ids of its networks, in the order of their members. */
  readonly ids: readonly string[];
}

/** The classifiers among the networks of a run, by group and then from the simplest kind to the strongest. */
export function classifiersOf(ids: readonly string[], problem: ProblemName): Classifier[] {
  const networks = ids.flatMap((id): (NetworkName & { id: string })[] => {
    const name = parseNetworkId(id);
    return name?.problem === problem ? [{ ...name, id }] : [];
  });
  return featureGroups.flatMap((group) =>
    networkKinds.flatMap((kind): Classifier[] => {
      const members = networks
        .filter((network) => network.group === group && network.kind === kind)
        .sort((a, b) => a.member - b.member);
      return members.length === 0 ? [] : [{ kind, group, ids: members.map(({ id }) => id) }];
    }),
  );
}

/** The strongest kind on the most features: what an analysis would use. */
export function leadingClassifier(classifiers: readonly Classifier[]): Classifier {
  const rank = ({ kind, group }: Classifier): number =>
    networkKinds.indexOf(kind) + networkKinds.length * featureGroups.indexOf(group);
  return classifiers.reduce((best, candidate) => (rank(candidate) > rank(best) ? candidate : best));
}

/** Logistic regression is a baseline of the others, and judged itself only where there are no others. */
export function judgedClassifiers(classifiers: readonly Classifier[]): readonly Classifier[] {
  const networks = classifiers.filter(({ kind }) => kind !== 'logistic');
  return networks.length > 0 ? networks : classifiers;
}

/** `deep, complete` */
export const classifierLabel = ({ kind, group }: Pick<Classifier, 'kind' | 'group'>): string =>
  `${kind}, ${group}`;
