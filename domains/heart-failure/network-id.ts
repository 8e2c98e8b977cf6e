// Names of networks: `observe365-gap180-gru-one-hot-1` is the first GRU on codes that sees 365 days, up to 180 before the
// index date; `-untimed` that it is not told the days between steps.
import type { Window } from '../../data-adapters/heart-failure/cohort.ts';
import {
  type NetworkKind,
  networkKinds,
  type Representation,
  representationNames,
} from './networks/kinds.ts';

export interface NetworkName extends Window {
  readonly kind: NetworkKind;
  readonly representation: Representation;
  /** Whether the days between steps are told; always false for kinds that read counts. */
  readonly timed: boolean;
  /** Percent of the training set that it has seen: 100, or less for the learning curve. */
  readonly share: number;
  /** Counts from 0. */
  readonly member: number;
}

export function networkId({
  observation,
  gap,
  kind,
  representation,
  timed,
  share,
  member,
}: NetworkName): string {
  const parts = [
    `observe${observation}`,
    `gap${gap}`,
    kind,
    representation,
    ...(timed ? [] : ['untimed']),
    ...(share === 100 ? [] : [`share${share}`]),
    String(member + 1),
  ];
  return parts.join('-');
}

const pattern = new RegExp(
  `^observe(\\d+)-gap(\\d+)-(${[...networkKinds].sort((a, b) => b.length - a.length).join('|')})-(${representationNames.join('|')})(-untimed)?(?:-share(\\d+))?-(\\d+)$`,
);

/** What an id says; undefined for an id of another kind. */
export function parseNetworkId(id: string): NetworkName | undefined {
  const match = pattern.exec(id);
  if (!match) return undefined;
  const [, observation, gap, kind, representation, untimed, share, number] = match;
  return {
    observation: Number(observation),
    gap: Number(gap),
    kind: kind as NetworkKind,
    representation: representation as Representation,
    timed: untimed === undefined,
    share: share === undefined ? 100 : Number(share),
    member: Number(number) - 1,
  };
}
