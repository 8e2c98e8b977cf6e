// Every model and algorithm through the one door, simulateLattices. What they draw is tested beside this file.
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../core/errors.ts';
import { type Progress, silent } from '../../../../core/progress.ts';
import { RandomStream } from '../../../../core/random.ts';
import {
  latticeModel,
  modelNames,
  samplingAlgorithm,
} from '../../../../domains/phases-of-matter/sampler/models/index.ts';
import {
  type LatticeBlock,
  type SimulateOptions,
  simulateLattices,
} from '../../../../domains/phases-of-matter/sampler/simulate-lattices.ts';

const options = (more: Partial<SimulateOptions> = {}): SimulateOptions => ({
  random: new RandomStream(7),
  seed: 7,
  threads: 2,
  progress: silent,
  signal: new AbortController().signal,
  ...more,
});

const infinite = Number.POSITIVE_INFINITY;

/** Every model with each of its algorithms, and two temperatures that it takes. */
const ways = modelNames.flatMap((model) =>
  Object.keys(latticeModel(model).algorithms).map((algorithm) => ({
    model,
    algorithm,
    temperatures: model.endsWith('ising') ? [2, 4] : [0, infinite],
  })),
);

const chains = (samples: number) =>
  `an independent chain for each temperature and split, and for each ${samples} samples`;
const flipped = 'each lattice flipped as a whole with probability 1/2';
const iceFlipped = 'each ground state flipped as a whole with probability 1/2';
const clusters = '20 sweeps (N flipped spins) before the first sample of a chain and 3 between samples';
const metropolis = 'Metropolis flips, 128 replicas at a time with random numbers of their own';

/** What each dataset says of itself; the numbers of sweeps are those of the schedules for L = 6. */
const provenance: Readonly<Record<string, { source: string; notes: string[] }>> = {
  'square-ising wolff': {
    source: 'square-lattice Ising ferromagnet, periodic, sampled by Wolff clusters',
    notes: [chains(500), clusters, flipped],
  },
  'square-ising metropolis': {
    source: `square-lattice Ising ferromagnet, periodic, sampled by ${metropolis}`,
    notes: [
      chains(4096),
      '123 to 150 sweeps (N attempted flips) before the first sample of a chain and 14 to 18 between samples',
      flipped,
    ],
  },
  'triangular-ising wolff': {
    source: 'triangular-lattice Ising ferromagnet, periodic, sampled by Wolff clusters',
    notes: [chains(500), clusters, flipped],
  },
  'triangular-ising metropolis': {
    source: `triangular-lattice Ising ferromagnet, periodic, sampled by ${metropolis}`,
    notes: [
      chains(4096),
      '124 to 150 sweeps (N attempted flips) before the first sample of a chain and 14 to 18 between samples',
      flipped,
    ],
  },
  'square-ice long-loop': {
    source:
      'square ice on the bonds of the periodic square lattice, sampled by long loop moves from an ordered start at T = 0, independent spins at infinite T',
    notes: [
      chains(2000),
      '50 sweeps (2 L^2 flipped bonds) before the first sample of a chain and 5 between samples',
      iceFlipped,
    ],
  },
  'square-ice short-loop': {
    source:
      'square ice on the bonds of the periodic square lattice, sampled by short loop moves from an ordered start at T = 0, independent spins at infinite T',
    notes: [
      chains(2000),
      '40 sweeps (2 L^2 flipped bonds) before the first sample of a chain and 4 between samples',
      iceFlipped,
    ],
  },
  'gauge direct': {
    source:
      'Ising gauge theory on the bonds of the periodic square lattice, sampled by random gauge transforms and torus loops at T = 0, independent spins at infinite T',
    notes: [chains(5000), 'every lattice drawn independently of the others'],
  },
};

const blocksOf = (temperatures: readonly number[], size = 6): LatticeBlock[] =>
  temperatures.flatMap((temperature) => [
    { size, temperature, split: 'train' as const, samples: 9 },
    { size, temperature, split: 'test' as const, samples: 4 },
  ]);

describe('simulateLattices', () => {
  it('knows the four models and how each is sampled', () => {
    expect(ways.map(({ model, algorithm }) => `${model} ${algorithm}`)).toEqual([
      'square-ising wolff',
      'square-ising metropolis',
      'triangular-ising wolff',
      'triangular-ising metropolis',
      'square-ice long-loop',
      'square-ice short-loop',
      'gauge direct',
    ]);
  });

  it.each(ways)('$model by $algorithm: same seed same samples, on any number of threads', async (way) => {
    const { temperatures, ...named } = way;
    const { source, notes } = provenance[`${named.model} ${named.algorithm}`];
    const blocks = blocksOf(temperatures);
    const progress: number[] = [];
    let total = 0;
    const counting: Progress = {
      task: (_, units) => {
        total = units;
        return { advance: (done = 1) => void progress.push(done), end: () => {} };
      },
    };
    const { L6 } = await simulateLattices(blocks, options({ ...named, progress: counting }));
    expect(progress.reduce((a, b) => a + b)).toBeCloseTo(total, 12);

    const bonds = !named.model.endsWith('ising');
    expect(L6.rows).toBe(26);
    expect(L6.column('spins').shape).toEqual(bonds ? [6, 6, 2] : [6, 6]);
    expect(new Set(L6.column('spins').data)).toEqual(new Set([-1, 1]));
    expect([...L6.column('temperature').data.subarray(8, 10)]).toEqual(temperatures);
    expect(L6.provenance).toMatchObject({ kind: 'simulated', seed: 7, source, notes });

    // The test lattices alone, on one thread, from a stream that has been drawn from.
    const random = new RandomStream(7);
    random.uniform();
    const tests = blocks.filter(({ split }) => split === 'test');
    const alone = await simulateLattices(tests, options({ ...named, random, threads: 1 }));
    const spins = bonds ? 72 : 36;
    expect(alone.L6.column('spins').data).toEqual(L6.column('spins').data.subarray(18 * spins));
  });

  it('shares a long run of samples out over independent chains', async () => {
    const block: LatticeBlock = { size: 12, temperature: 4, split: 'train', samples: 300 };
    const { L12 } = await simulateLattices(
      [block],
      options({ algorithm: 'metropolis', samplesPerChain: 150 }),
    );
    const spins = L12.column('spins').data;
    const seen = new Set(
      Array.from({ length: 300 }, (_, i) => spins.subarray(i * 144, i * 144 + 144).join()),
    );
    // At T = 4 two independent 12 x 12 lattices are never the same: one chain twice would show.
    expect(seen.size).toBe(300);
  });
});

describe('bad input', () => {
  const refuse = (block: Partial<LatticeBlock>, more: Partial<SimulateOptions>) =>
    expect(
      simulateLattices(
        [{ size: 6, temperature: 2, split: 'train', samples: 1, ...block }],
        options({ ...more, progress: { task: () => expect.fail('started') } }),
      ),
    ).rejects;

  it('is refused in one clear line before anything starts', async () => {
    await refuse({}, { model: 'hexagonal' }).toThrow(
      'unknown lattice model hexagonal; give one of square-ising, triangular-ising, square-ice, gauge',
    );
    await refuse({}, { model: 'toString' }).toThrow(UserError);
    await refuse({}, { algorithm: 'swendsen-wang' }).toThrow(
      'square-ising is not sampled by swendsen-wang; give one of wolff, metropolis',
    );
    await refuse({}, { model: 'gauge', algorithm: 'wolff' }).toThrow('give one of direct');
    await refuse({ size: 15 }, { algorithm: 'metropolis' }).toThrow(/lattice size 15 is no multiple of 2/);
    await refuse({ size: 20 }, { model: 'triangular-ising', algorithm: 'metropolis' }).toThrow(
      /lattice size 20 is no multiple of 3/,
    );
    await refuse({ temperature: -1 }, { model: 'triangular-ising' }).toThrow(/temperature -1 is not above 0/);
    await refuse({ temperature: 0 }, { algorithm: 'metropolis' }).toThrow(/temperature 0 is not above 0/);
    await refuse({ size: 7, temperature: 0 }, { model: 'square-ice' }).toThrow(/lattice size 7 is odd/);
    await refuse({ temperature: 1 }, { model: 'square-ice' }).toThrow(
      /temperature 1 is neither 0 nor Infinity/,
    );
    await refuse({ size: 1, temperature: 0 }, { model: 'gauge' }).toThrow(/lattice size 1 is not an integer/);
  });

  it('names the algorithm of a model, the first when none is named', () => {
    expect(samplingAlgorithm('square-ising').name).toBe('wolff');
    expect(samplingAlgorithm('square-ice', 'short-loop').name).toBe('short-loop');
  });
});
