// Square ice: spins on the bonds of the square lattice, H = J sum_v Q_v^2 with Q_v the sum of the four spins at vertex v. Its
// ground states by loop moves, infinite temperature as independent spins; nothing between. How long loop moves take is
// told by their integrated autocorrelation times, measured here in sweeps (2 L^2 flipped bonds): of the winding number w
// (the staggered sum of one row of vertical spins) and of the sum over <h(x) h(x + 1)>.
//               long, L = 16    30    60    short, L = 16    32
//   tau(w)             0.8    1.2   1.1             3.7   138
//   tau(hh)            0.7    1.1   1.2             0.4   0.4
// Short loops hardly ever wind around a large torus, and nothing else changes w.
import { UserError } from '../../../../core/errors.ts';
import { checkEvenSize } from '../ice/check-even-size.ts';
import { LoopChain, type LoopKind } from '../ice/loop-chain.ts';
import { sampleMarkovChain } from '../markov-chain.ts';
import type { LatticeModel, SamplingAlgorithm, Schedule } from './model.ts';
import { checkTwoTemperatures, independentBonds } from './two-temperatures.ts';

const largestForShortLoops = 32;

const schedules: Readonly<Record<LoopKind, (size: number) => Schedule>> = {
  long: () => ({ sweeps: 5, equilibration: 50 }),
  short: (size) => {
    const tau = Math.max(1, 3.7 * (size / 16) ** 5.2);
    return { sweeps: Math.ceil(4 * tau), equilibration: Math.ceil(40 * tau) };
  },
};

const loops = (kind: LoopKind): SamplingAlgorithm => ({
  title: `${kind} loop moves from an ordered start at T = 0, independent spins at infinite T`,
  sweep: '2 L^2 flipped bonds',
  note: 'each ground state flipped as a whole with probability 1/2',
  samplesPerChain: 2000,
  schedule: (size, temperature) =>
    temperature === 0 ? schedules[kind](size) : { sweeps: 0, equilibration: 0 },
  flips: ({ samples, sweeps, equilibration, size }) =>
    Math.max(samples, samples * sweeps + equilibration) * 2 * size * size,
  sample: (task) =>
    task.temperature === 0
      ? sampleMarkovChain(task, (random) => new LoopChain(task.size, kind, random.split('loops')))
      : independentBonds(task),
  check: (size) => {
    if (kind === 'short' && size > largestForShortLoops) {
      throw new UserError({
        what: `short loops hardly ever wind around a torus of size ${size}, so that samples stay alike`,
        how: `take the algorithm long-loop, or L of at most ${largestForShortLoops}`,
      });
    }
  },
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
