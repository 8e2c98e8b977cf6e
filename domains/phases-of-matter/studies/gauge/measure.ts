// What is measured of the gauge theory's networks on the test lattices: how often they are right, and what the
// convolutional ones make of spoiled ground states.
import type { Dataset } from '../../../../data-adapters/dataset.ts';
import type { EvaluateContext } from '../../../domain.ts';
import { toyCnn } from '../../bonds/toy-cnn.ts';
import type { PhasesConfig } from '../../config.ts';
import { ownRows } from '../../train.ts';
import {
  callEach,
  groundStateCalls,
  type LabelledBonds,
  labelledBonds,
  networksOf,
  shareRight,
} from '../bonds/calls.ts';
import { networkKinds } from './network-kinds.ts';
import { type Spoiled, SpoiledStates } from './spoiled.ts';

/** Shares for each network stand in the order of the networks. */
export interface GaugeMeasurements {
  readonly test: LabelledBonds;
  /** Accuracies of the fully connected networks. */
  readonly connected: readonly number[];
  /** The same on the lattices that each was trained on. */
  readonly connectedOnTraining: readonly number[];
  /** Accuracies of the convolutional networks. */
  readonly convolutional: readonly number[];
  /** Share of lattices of infinite temperature that these call so. */
  readonly hotRight: readonly number[];
  /** Accuracy of the network with written-down weights. */
  readonly toy: number;
  /** One bond flipped every m plaquettes, by m. */
  readonly flippedEvery: ReadonlyMap<Period, Spoiled>;
  readonly stitched: Spoiled;
  /** Bonds flipped at random, by rising number. */
  readonly flipped: readonly Spoiled[];
}

/** Plaquettes for one flipped bond, in the paper's test. */
export type Period = 2 | 8;
const periods: readonly Period[] = [2, 8];

type Context = EvaluateContext<PhasesConfig>;

/** Share of the given lattices that each network of a kind puts into the right phase. */
async function accuracies(
  kind: string,
  { models }: Context,
  lattices: (member: number) => LabelledBonds,
): Promise<number[]> {
  const shares: number[] = [];
  for (const [member, id] of networksOf(kind, models).entries()) {
    const { size, spins, ground } = lattices(member);
    shares.push(shareRight(await groundStateCalls(models, id, spins, size), ground));
  }
  return shares;
}

export async function measureGauge(dataset: Dataset, context: Context): Promise<GaugeMeasurements> {
  const { models, config, progress, signal } = context;
  const random = context.random.split('gauge');
  const rows = dataset.splits.test;
  const test = labelledBonds(dataset, rows);
  const { size, ground } = test;
  const cold = labelledBonds(
    dataset,
    rows.filter((_, i) => ground[i] === 1),
  );
  const hot = labelledBonds(
    dataset,
    rows.filter((_, i) => ground[i] === 0),
  );
  const fitting = periods.filter((m) => size % m === 0);
  const doses = config.gauge.flips.filter((flips) => flips <= 2 * size * size).sort((a, b) => a - b);
  const task = progress.task('Evaluating the gauge theory', doses.length + fitting.length + 5, 'tests');
  const advance = <T>(value: T): T => {
    signal.throwIfAborted();
    task.advance();
    return value;
  };
  const { fullyConnected, convolutional } = networkKinds;
  const connected = advance(await accuracies(fullyConnected, context, () => test));
  const connectedOnTraining = advance(
    await accuracies(fullyConnected, context, (member) =>
      labelledBonds(dataset, ownRows(dataset, 'train', member, config.gauge.networks)),
    ),
  );
  const coldRight = advance(await accuracies(convolutional, context, () => cold));
  const hotRight = advance(await accuracies(convolutional, context, () => hot));
  const spoiled = new SpoiledStates(models, networksOf(convolutional, models), cold.spins, size);
  const flippedEvery = new Map<Period, Spoiled>();
  for (const m of fitting) flippedEvery.set(m, advance(await spoiled.flippedEvery(m)));
  const stitched = advance(await spoiled.stitched(random.split('stitch')));
  const flipped: Spoiled[] = [];
  for (const flips of doses) {
    flipped.push(advance(await spoiled.flipped(flips, random.split('flips', flips))));
  }
  task.end();
  return {
    test,
    connected,
    connectedOnTraining,
    convolutional: coldRight.map(
      (right, i) => (right * cold.ground.length + hotRight[i] * hot.ground.length) / ground.length,
    ),
    hotRight,
    toy: shareRight(
      callEach(test, (spins) => toyCnn(spins, size)),
      ground,
    ),
    flippedEvery,
    stitched,
    flipped,
  };
}
