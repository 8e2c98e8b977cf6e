// The figures of the gauge theory: the fully connected network at chance, the convolutional one at 100 %, and what the
// latter makes of spoiled ground states.
import type { Dataset } from '../../../../data-adapters/dataset.ts';
import type { Estimate, EvaluateContext, Evaluation, Figure } from '../../../domain.ts';
import { estimateOf } from '../../accuracy.ts';
import { toyCnn } from '../../bonds/toy-cnn.ts';
import type { PhasesConfig } from '../../config.ts';
import { gaugeGroundStateProbability } from '../../exact/gauge-theory.ts';
import { trainingRows } from '../../train.ts';
import {
  callEach,
  groundStateCalls,
  type LabelledBonds,
  labelledBonds,
  networksOf,
  shareRight,
} from '../bonds/calls.ts';
import { type BondSample, firstSample, sampleOf } from '../bonds/samples.ts';
import { networkKinds } from './network-kinds.ts';
import { type Spoiled, SpoiledStates } from './spoiled.ts';

/** Accuracies in the paper on ground states with one spin flipped every m plaquettes, beside infinite temperature. */
const paperFlippedEvery = { 2: 0.5, 8: 0.55 };

/** A point of the dose-response curve. */
export interface DosePoint extends Estimate {
  readonly classifier: string;
  readonly flips: number;
  readonly violated: number;
}

/** What an evaluation keeps for the plots. */
export interface GaugeCurves {
  readonly samples: readonly (BondSample & { readonly title: string })[];
  readonly doses: readonly DosePoint[];
}

const level = 0.95;
const networkDose = 'network';
const toyDose = 'toy network';

function dosePoints(spoiled: Spoiled, states: number): DosePoint[] {
  const { flips, violated, share, toy } = spoiled;
  return [
    { classifier: networkDose, flips, violated, ...share },
    { classifier: toyDose, flips, violated, ...estimateOf([toy], states) },
  ];
}

/** Accuracies of the networks of a kind on given lattices. */
async function accuracies(
  kind: string,
  { size, spins, ground }: LabelledBonds,
  { models }: EvaluateContext<PhasesConfig>,
): Promise<number[]> {
  const shares: number[] = [];
  for (const id of networksOf(kind, models)) {
    shares.push(shareRight(await groundStateCalls(models, id, spins, size), ground));
  }
  return shares;
}

/** Accuracy of the fully connected networks on lattices that they were trained on, of which each has its own. */
async function trainingAccuracy(dataset: Dataset, context: EvaluateContext<PhasesConfig>): Promise<number> {
  const ids = networksOf(networkKinds.fullyConnected, context.models);
  const { networks } = context.config.gauge;
  let sum = 0;
  for (const [member, id] of ids.entries()) {
    const { size, spins, ground } = labelledBonds(dataset, trainingRows(dataset, member, networks));
    sum += shareRight(await groundStateCalls(context.models, id, spins, size), ground);
  }
  return sum / ids.length;
}

/** Accuracy when spoiled ground states stand in for ground states: the mean of their share and that of the hot lattices. */
function spoiledAccuracy(spoiled: Spoiled, hotRight: readonly number[], n: number): Estimate {
  return estimateOf(
    spoiled.shares.map((share, i) => (share + hotRight[i]) / 2),
    n,
  );
}

export async function evaluate(
  dataset: Dataset,
  context: EvaluateContext<PhasesConfig>,
): Promise<Evaluation> {
  const { models, config, progress, signal } = context;
  const random = context.random.split('gauge');
  const test = labelledBonds(dataset, dataset.splits.test);
  const { size } = test;
  const n = test.ground.length;
  const cold = labelledBonds(
    dataset,
    dataset.splits.test.filter((_, i) => test.ground[i] === 1),
  );
  const hot = labelledBonds(
    dataset,
    dataset.splits.test.filter((_, i) => test.ground[i] === 0),
  );
  const periods = ([2, 8] as const).filter((m) => size % m === 0);
  const task = progress.task(
    'Evaluating the gauge theory',
    config.gauge.flips.length + periods.length + 3,
    'tests',
  );
  const step = <T>(value: T): T => {
    signal.throwIfAborted();
    task.advance();
    return value;
  };
  const connected = step(await accuracies(networkKinds.fullyConnected, test, context));
  const seen = await trainingAccuracy(dataset, context);
  const coldRight = await accuracies(networkKinds.convolutional, cold, context);
  const hotRight = step(await accuracies(networkKinds.convolutional, hot, context));
  const convolutional = coldRight.map(
    (right, i) => (right * cold.ground.length + hotRight[i] * hot.ground.length) / n,
  );

  const ids = networksOf(networkKinds.convolutional, models);
  const spoiled = new SpoiledStates(models, ids, cold.spins, size);
  const every = new Map<number, Spoiled>();
  for (const m of periods) every.set(m, step(await spoiled.flippedEvery(m)));
  const stitched = step(await spoiled.stitched(random.split('stitch')));
  const doses: DosePoint[] = [];
  for (const flips of config.gauge.flips.filter((count) => count <= 2 * size * size)) {
    const dose = step(await spoiled.flipped(flips, random.split('flips', flips)));
    doses.push(...dosePoints(dose, cold.ground.length));
  }
  task.end();
  const patterns = [...every].map(([m, { flips, violated, share }]) => ({
    classifier: `m = ${m}`,
    flips,
    violated,
    ...share,
  }));

  const toy = shareRight(
    callEach(test, (spins) => toyCnn(spins, size)),
    test.ground,
  );
  const toyEstimate = estimateOf([toy], n);
  const bound = 1 - gaugeGroundStateProbability(size, Number.POSITIVE_INFINITY) / 2;
  const alone = ids.length === 1 ? ' Not in the interval: one network, and what another would change.' : '';
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const paper = (value: number) => (size === 16 ? { paper: { value } } : {});
  const figures: Figure[] = [
    {
      id: 'accuracy-fully-connected-gauge',
      label: `gauge theory, fully connected, L = ${size}`,
      ...estimateOf(connected, n),
      level,
      n,
      ...paper(0.5),
      note: `Chance is 0.5. The spins of a ground state look random one by one and in pairs, and this network has no notion of a plaquette. On the lattices that it was trained on: ${percent(seen)}.${alone}`,
    },
    {
      id: 'accuracy-convolutional-gauge',
      label: `gauge theory, convolutional, L = ${size}`,
      ...estimateOf(convolutional, n),
      level,
      n,
      ...paper(1),
      baselines: [
        { id: 'toy-network', label: 'toy network', ...toyEstimate },
        { id: 'bayes-bound', label: 'Bayes bound', value: bound, low: bound, high: bound },
      ],
      ...(alone === '' ? {} : { note: alone.trim() }),
    },
    ...[...every].map(
      ([m, states]): Figure => ({
        id: `accuracy-convolutional-gauge-flipped-every-${m}`,
        label: `one spin flipped every ${m} plaquettes`,
        ...spoiledAccuracy(states, hotRight, n),
        level,
        n,
        ...paper(paperFlippedEvery[m as 2 | 8]),
        note: `Accuracy with the spoiled states in the place of the ground states. ${percent(states.violated)} of their plaquettes are violated, and ${percent(states.share.value)} of them are still called ground states.`,
      }),
    ),
    {
      id: 'ground-states-convolutional-gauge-stitched',
      label: 'cut into four and stitched, called ground states',
      ...stitched.share,
      level,
      n: cold.ground.length,
      note: `Share of lattices made of quarters of four ground states that the network calls ground states; the paper's does so with high confidence. ${percent(stitched.violated)} of their plaquettes are violated, all along the cuts, and products of spins along loops around the torus no longer agree.`,
    },
    {
      id: 'accuracy-toy-network-gauge',
      label: `gauge theory, 16 filters written down, L = ${size}`,
      ...toyEstimate,
      level,
      n,
      ...paper(1),
      exact: bound,
    },
  ];
  const curves: GaugeCurves = {
    samples: [
      { title: 'a ground state', ...firstSample(test, 1) },
      { title: 'infinite temperature', ...firstSample(test, 0) },
      ...[...every].map(([m, { states }]) => ({
        title: `a ground state with one bond flipped every ${m} plaquettes`,
        ...sampleOf({ size, spins: states }, 0),
      })),
      {
        title: 'four quarters of ground states stitched together',
        ...sampleOf({ size, spins: stitched.states }, 0),
      },
    ],
    doses: [...doses, ...patterns],
  };
  return { figures, curves: curves as unknown as Evaluation['curves'] };
}
