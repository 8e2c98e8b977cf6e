// Which networks a run trains: each kind in each window and representation, and some once more for the learning curve.
import type { HeartFailureConfig } from './config.ts';
import type { NetworkName } from './network-id.ts';
import { isSequenceKind, networkKinds } from './networks/kinds.ts';

/** Names of the networks of a run, simplest kinds first. */
export function networksOf(config: HeartFailureConfig): NetworkName[] {
  const { windows, representations, kinds, timed, training } = config;
  return windows.flatMap((window) =>
    representations.flatMap((representation) =>
      kinds.flatMap((kind) =>
        (isSequenceKind(kind) ? timed : [false]).flatMap((times) =>
          Array.from({ length: isSequenceKind(kind) ? training.networks : 1 }, (_, member) => ({
            ...window,
            kind,
            representation,
            timed: times,
            share: 100,
            member,
          })),
        ),
      ),
    ),
  );
}

/** The strongest network of each window once more, on less to learn from. */
export function learningNetworks(config: HeartFailureConfig): NetworkName[] {
  const all = networksOf(config);
  return config.windows.flatMap(({ observation, gap }) => {
    const own = all.filter((name) => name.observation === observation && name.gap === gap);
    const kind = networkKinds.findLast((other) => own.some((name) => name.kind === other));
    const strongest = own.findLast((name) => name.kind === kind && name.member === 0);
    return config.evaluation.learningCurve
      .filter((share) => share < 1)
      .map((share) => ({ ...strongest!, share: Math.round(100 * share) }));
  });
}
