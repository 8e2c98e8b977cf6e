// Square ice: spins on the bonds of the square lattice, H = J sum_v Q_v^2 with Q_v the sum of the four spins at vertex v. Its
// ground states by loop moves, infinite temperature as independent spins; nothing between. Loop moves per sample and
// integrated autocorrelation times: loop-chain.ts.
import { checkEvenSize } from '../ice/check-even-size.ts';
import { LoopChain, type LoopKind } from '../ice/loop-chain.ts';
import { sampleMarkovChain } from '../markov-chain.ts';
import type { LatticeModel, SamplingAlgorithm } from './model.ts';
import { checkTwoTemperatures, independentBonds } from './two-temperatures.ts';

const loops = (kind: LoopKind): SamplingAlgorithm => ({
  title: `${kind} loop moves from an ordered start at T = 0, independent spins at infinite T`,
  sweep: '2 L^2 flipped bonds',
  note: 'each ground state flipped as a whole with probability 1/2',
  samplesPerChain: 2000,
  schedule: (_, temperature) =>
    temperature === 0 ? { sweeps: 20, equilibration: 100 } : { sweeps: 0, equilibration: 0 },
  flips: ({ samples, sweeps, equilibration, size }) =>
    Math.max(samples, samples * sweeps + equilibration) * 2 * size * size,
  sample: (task) =>
    task.temperature === 0
      ? sampleMarkovChain(task, (random) => new LoopChain(task.size, kind, random.split('loops')))
      : independentBonds(task),
});

export const squareIce: LatticeModel = {
  title: 'square ice on the bonds of the periodic square lattice',
  shape: (size) => [size, size, 2],
  check: (size, temperature) => {
    checkEvenSize(size);
    checkTwoTemperatures(temperature, 'square ice');
  },
  algorithms: { 'long-loop': loops('long'), 'short-loop': loops('short') },
};
