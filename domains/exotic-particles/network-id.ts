// Names of networks: `higgs-deep-low-1` is the first deep network of the Higgs search on measured features.
import { type NetworkKind, networkKinds } from './networks/kinds.ts';
import { type FeatureGroup, featureGroups, type ProblemName, problemNames } from './problems.ts';

export interface NetworkName {
  readonly problem: ProblemName;
  readonly kind: NetworkKind;
  readonly group: FeatureGroup;
  /** Counts from 0. */
  readonly member: number;
}

export const networkId = ({ problem, kind, group, member }: NetworkName): string =>
  `${problem}-${kind}-${group}-${member + 1}`;

const pattern = new RegExp(
  `^(${problemNames.join('|')})-(${networkKinds.join('|')})-(${featureGroups.join('|')})-(\\d+)$`,
);

/** What an id says; undefined for an id of another kind. */
export function parseNetworkId(id: string): NetworkName | undefined {
  const match = pattern.exec(id);
  if (!match) return undefined;
  const [, problem, kind, group, number] = match;
  return {
    problem: problem as ProblemName,
    kind: kind as NetworkKind,
    group: group as FeatureGroup,
    member: Number(number) - 1,
  };
}

/** Searches that the networks of a run are for. */
export const searchesOf = (ids: readonly string[]): ProblemName[] => [
  ...new Set(
    ids.flatMap((id) => {
      const name = parseNetworkId(id);
      return name === undefined ? [] : [name.problem];
    }),
  ),
];
