// From somebody's lattice to its phase: every network of the run that takes the lattice's size is asked, and their
// spread is part of the answer.
import { z } from 'zod';
import type { TensorData } from '../../core/engine/tensor-data.ts';
import { UserError } from '../../core/errors.ts';
import { readLattice } from '../../data-adapters/phases-of-matter/index.ts';
import type { DecodedRequest, Models, Prediction } from '../domain.ts';
import { memberCount, spreadOfOutput, spreadOver } from '../ensemble.ts';
import type { PhasesConfig } from './config.ts';
import { networkInput, orderedOutput } from './network.ts';
import { energyPerSpin, magnetisation } from './observables.ts';
import { sizeOfNetwork, sizesOfNetworks } from './parts.ts';
import { showLattice } from './show.ts';

const spin = z.union([z.literal(-1), z.literal(0), z.literal(1)]);

const latticeRequest = z.strictObject({
  spins: z
    .array(z.array(spin).min(2))
    .min(2)
    .describe('L rows of L spins, all -1 and 1 or all 0 and 1, periodic boundaries'),
  name: z.string().optional().describe('comes back with the answer'),
  temperature: z.number().positive().optional().describe('in J/k_B, when known; not shown to the networks'),
});

const phaseAnswer = z.strictObject({
  name: z.string().optional(),
  size: z.int().describe('linear size L'),
  phase: z.enum(['ordered', 'disordered']),
  probability: z.number().describe('of the ordered phase, mean over the networks'),
  spread: z.number().describe('standard deviation of that probability between the networks'),
  networks: z.int().describe('how many networks were asked, the members of ensembles among them'),
  magnetisation: z.number().describe('per spin'),
  energyPerSpin: z.number().describe('in units of J'),
  temperature: z.number().optional(),
});

export type LatticeRequest = z.infer<typeof latticeRequest>;
export type PhaseAnswer = z.infer<typeof phaseAnswer>;

/** Spins as -1 and +1, row-major. @throws UserError when the rows are no square or the values two conventions mixed */
function spinsOf({ spins, name }: LatticeRequest): Int32Array {
  const size = spins.length;
  const ragged = spins.findIndex((row) => row.length !== size);
  if (ragged >= 0) {
    throw new UserError({
      what: `row ${ragged + 1} has ${spins[ragged].length} spins, expected ${size}`,
      where: name ?? 'spins',
      how: 'give a square lattice, as many columns as rows',
    });
  }
  const values = new Set(spins.flat());
  if (values.has(-1) && values.has(0)) {
    throw new UserError({
      what: 'both -1 and 0 among the spins',
      where: name ?? 'spins',
      how: 'give all as -1 and 1, or all as 0 and 1',
    });
  }
  return Int32Array.from(spins.flat(), (s) => (s > 0 ? 1 : -1));
}

async function decode(request: LatticeRequest, models: Models): Promise<DecodedRequest> {
  const data = spinsOf(request);
  const size = request.spins.length;
  const wanted = models.ids.filter((id) => sizeOfNetwork(id) === size);
  if (wanted.length === 0) {
    const sizes = sizesOfNetworks(models.ids).map((n) => `${n} x ${n}`);
    throw new UserError({
      what: `no network for lattices of ${size} x ${size}; this run has ${sizes.join(', ') || 'none'}`,
      where: request.name ?? 'spins',
      how: `train one with --set sizes=[${size}]`,
    });
  }
  const spins: TensorData = { dtype: 'int32', shape: [1, size, size], data };
  let networks = 0;
  for (const id of wanted) networks += memberCount(await models.metadata(id));
  return { models: wanted, inputs: { [networkInput]: spins }, context: networks };
}

function encode(
  outputs: readonly Record<string, TensorData>[],
  request: LatticeRequest,
  _config: PhasesConfig,
  networks: unknown,
): PhaseAnswer {
  const shares = outputs.map(({ [orderedOutput]: { data } }) => data[0]);
  const probability = shares.reduce((a, b) => a + b, 0) / shares.length;
  const own = outputs.flatMap((each) => spreadOfOutput(each, orderedOutput)?.[0] ?? []);
  const spins = spinsOf(request);
  const size = request.spins.length;
  return {
    ...(request.name === undefined ? {} : { name: request.name }),
    size,
    phase: probability > 0.5 ? 'ordered' : 'disordered',
    probability,
    spread: spreadOver(shares, own),
    networks: networks as number,
    magnetisation: magnetisation(spins),
    energyPerSpin: energyPerSpin(spins, size),
    ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
  };
}

async function read(path: string): Promise<LatticeRequest[]> {
  const lattices = await readLattice(path);
  return lattices.map(({ spins, size, name, temperature }) => ({
    spins: Array.from(
      { length: size },
      (_, row) => Array.from(spins.subarray(row * size, (row + 1) * size)) as (-1 | 1)[],
    ),
    name,
    ...(temperature === undefined ? {} : { temperature }),
  }));
}

const describe = ({ phase, probability, spread, magnetisation: m, energyPerSpin: e }: PhaseAnswer): string =>
  `${phase.padEnd(10)} P(ordered) = ${probability.toFixed(3)} +- ${spread.toFixed(3)}   m = ${m.toFixed(3)}   E/N = ${e.toFixed(3)}`;

/** Ten by ten: all up but for one corner, and a chequerboard of 2 x 2 blocks. */
const exampleLattice = (up: (row: number, column: number) => boolean): LatticeRequest['spins'] =>
  Array.from({ length: 10 }, (_, row) =>
    Array.from({ length: 10 }, (_unused, column) => (up(row, column) ? 1 : -1)),
  );

export const predict: Prediction<PhasesConfig, LatticeRequest, PhaseAnswer> = {
  request: latticeRequest,
  answer: phaseAnswer,
  accepts:
    'lattices of spins as .npy, .npz, .csv or .txt: one L x L matrix, or an array (n, L, L) of several',
  reads: ['.npy', '.npz', '.csv', '.tsv', '.txt', '.dat', '.zip'],
  read,
  decode,
  encode,
  describe,
  show: ({ request, answer, evaluation }) => showLattice(spinsOf(request), answer, evaluation),
  examples: [
    { name: 'nearly all up', spins: exampleLattice((row, column) => row + column > 2) },
    { name: 'blocks', spins: exampleLattice((row, column) => ((row >> 1) + (column >> 1)) % 2 === 0) },
  ],
};
