// The gauge theory's lines in the table of results.
import type { Figure } from '../../../domain.ts';
import { estimateOf } from '../../accuracy.ts';
import { gaugeGroundStateProbability } from '../../exact/gauge-theory.ts';
import type { GaugeMeasurements, Period } from './measure.ts';

/** Accuracies in the paper, for L = 16. */
const paperSize = 16;
const paper = { connected: 0.5, convolutional: 1, toy: 1, flippedEvery: { 2: 0.5, 8: 0.55 } };

const level = 0.95;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const mean = (shares: readonly number[]): number => shares.reduce((a, b) => a + b, 0) / shares.length;

export function gaugeFigures(measured: GaugeMeasurements): Figure[] {
  const { test, connected, convolutional, hotRight, stitched } = measured;
  const { size } = test;
  const n = test.ground.length;
  const beside = (value: number) => (size === paperSize ? { paper: { value } } : {});
  const alone =
    convolutional.length === 1 ? ['Not in the interval: one network, and what another would change.'] : [];
  const note = (...sentences: readonly string[]) =>
    sentences.length + alone.length > 0 ? { note: [...sentences, ...alone].join(' ') } : {};
  const toy = estimateOf([measured.toy], n);
  const bound = 1 - gaugeGroundStateProbability(size, Number.POSITIVE_INFINITY) / 2;
  const flippedEvery = [...measured.flippedEvery].map(
    ([m, { shares, share, violated }]: [Period, GaugeMeasurements['stitched']]): Figure => ({
      id: `accuracy-convolutional-gauge-flipped-every-${m}`,
      label: `one spin flipped every ${m} plaquettes`,
      ...estimateOf(
        shares.map((called, i) => (called + hotRight[i]) / 2),
        n,
      ),
      level,
      n,
      ...beside(paper.flippedEvery[m]),
      ...note(
        `Accuracy with the spoiled states in the place of the ground states. ${percent(violated)} of their plaquettes are violated, and ${percent(share.value)} of them are still called ground states.`,
      ),
    }),
  );
  return [
    {
      id: 'accuracy-fully-connected-gauge',
      label: `gauge theory, fully connected, L = ${size}`,
      ...estimateOf(connected, n),
      level,
      n,
      ...beside(paper.connected),
      ...note(
        `Chance is 0.5. The spins of a ground state look random one by one and in pairs, and this network has no notion of a plaquette. On the lattices that it was trained on: ${percent(mean(measured.connectedOnTraining))}.`,
      ),
    },
    {
      id: 'accuracy-convolutional-gauge',
      label: `gauge theory, convolutional, L = ${size}`,
      ...estimateOf(convolutional, n),
      level,
      n,
      ...beside(paper.convolutional),
      baselines: [
        { id: 'toy-network', label: 'toy network', ...toy },
        { id: 'bayes-bound', label: 'Bayes bound', value: bound, low: bound, high: bound },
      ],
      ...note(),
    },
    ...flippedEvery,
    {
      id: 'ground-states-convolutional-gauge-stitched',
      label: 'cut into four and stitched, called ground states',
      ...stitched.share,
      level,
      n: n / 2,
      ...note(
        `Share of lattices made of quarters of four ground states that the network calls ground states; the paper's does so with high confidence. ${percent(stitched.violated)} of their plaquettes are violated, all along the cuts, and products of spins along loops around the torus no longer agree.`,
      ),
    },
    {
      id: 'accuracy-toy-network-gauge',
      label: `gauge theory, 16 filters written down, L = ${size}`,
      ...toy,
      level,
      n,
      ...beside(paper.toy),
      exact: bound,
    },
  ];
}
