// The Ising (Z2) gauge theory: spins on the bonds of the square lattice, H = -J sum_p prod_{i in p} s_i. Its ground states
// as random gauge transforms, infinite temperature as independent spins. Every sample is independent of the others.
import { RandomStream } from '../../../../core/random.ts';
import { checkSize } from '../../checks.ts';
import { gaugeGroundStates } from '../gauge/ground-states.ts';
import type { LatticeModel } from './model.ts';
import { checkTwoTemperatures, independentBonds } from './two-temperatures.ts';

export const gaugeTheory: LatticeModel = {
  title: 'Ising gauge theory on the bonds of the periodic square lattice',
  shape: (size) => [size, size, 2],
  check: (size, temperature) => {
    checkSize(size);
    checkTwoTemperatures(temperature, 'the gauge theory');
  },
  algorithms: {
    direct: {
      title: 'random gauge transforms and torus loops at T = 0, independent spins at infinite T',
      sweep: '2 L^2 bonds',
      note: 'every lattice drawn independently of the others',
      samplesPerChain: 5000,
      schedule: () => ({ sweeps: 0, equilibration: 0 }),
      flips: ({ samples, size }) => samples * 2 * size * size,
      sample: (task) =>
        task.temperature === 0
          ? gaugeGroundStates(task.size, task.samples, new RandomStream(task.seed).split('gauge'))
          : independentBonds(task),
    },
  },
};
