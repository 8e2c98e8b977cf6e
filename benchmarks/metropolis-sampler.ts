// Attempted flips per nanosecond of the multi-spin Metropolis sampler on one core, 128 replicas with random bits of their
// own, beside plain C (cc -O3 -march=native) where there is a compiler: one lattice spin by spin, and 64 replicas in the
// bits of a word, again with random bits of their own. Rounds alternate; the fastest counts. The energies must agree
// but for the sampling error (some 0.01 for 128 replicas, ten times that for one lattice): the same model is timed.
//   npx tsx benchmarks/metropolis-sampler.ts
import { RandomStream } from '../core/random.ts';
import { finiteLattice } from '../domains/phases-of-matter/exact/kaufman.ts';
import { criticalTemperature } from '../domains/phases-of-matter/exact/onsager.ts';
import { triangularCriticalTemperature } from '../domains/phases-of-matter/exact/triangular.ts';
import { finiteTriangularLattice } from '../domains/phases-of-matter/exact/triangular-torus.ts';
import type { Lattice } from '../domains/phases-of-matter/sampler/lattices/lattice.ts';
import { squareLattice } from '../domains/phases-of-matter/sampler/lattices/square.ts';
import { triangularLattice } from '../domains/phases-of-matter/sampler/lattices/triangular.ts';
import { replicas } from '../domains/phases-of-matter/sampler/multi-spin/kernel.ts';
import { MultiSpinMetropolis } from '../domains/phases-of-matter/sampler/multi-spin/metropolis.ts';
import { type CPeer, withCPeer } from './c-peer.ts';

const flips = 2e9;
const rounds = 3;

interface Timing {
  /** Attempted flips per nanosecond. */
  readonly speed: number;
  /** Energy per spin at the end, averaged over replicas. */
  readonly energy: number;
}

function energyPerSpin(
  simulation: MultiSpinMetropolis,
  { sites, coordination, neighbours }: Lattice,
): number {
  const spins = new Int8Array(sites);
  let sum = 0;
  for (let replica = 0; replica < replicas; replica++) {
    simulation.copySpins(replica, spins);
    for (let k = 0; k < neighbours.length; k++)
      sum += spins[Math.floor(k / coordination)] * spins[neighbours[k]];
  }
  return -sum / (2 * sites * replicas);
}

function timeHere(lattice: Lattice, temperature: number, round: number): Timing {
  const random = new RandomStream('benchmark', lattice.size, temperature, round);
  const simulation = new MultiSpinMetropolis(lattice, temperature, random);
  const sweeps = Math.ceil(flips / replicas / lattice.sites);
  simulation.advance(Math.ceil(sweeps / 4));
  const start = performance.now();
  simulation.advance(sweeps);
  const nanoseconds = (performance.now() - start) * 1e6;
  return {
    speed: (sweeps * lattice.sites * replicas) / nanoseconds,
    energy: energyPerSpin(simulation, lattice),
  };
}

const fastest = (timings: readonly Timing[]): Timing =>
  timings.reduce((best, timing) => (timing.speed > best.speed ? timing : best));

const text = ({ speed, energy }: Timing): string =>
  `${speed.toFixed(speed < 1 ? 3 : 2).padStart(9)}  ${energy.toFixed(3)}`;

function show(lattice: Lattice, temperature: number, exact: number, peer: CPeer | undefined): void {
  const ours: Timing[] = [];
  const scalar: Timing[] = [];
  const bits: Timing[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(timeHere(lattice, temperature, round));
    if (peer === undefined) continue;
    // A fiftieth of the flips: the scalar version is that much slower.
    for (const [kind, timings, share] of [['scalar', scalar, 1 / 50] as const, ['bits', bits, 1] as const]) {
      const [speed, energy] = peer(kind, lattice.size, temperature, flips * share);
      timings.push({ speed, energy });
    }
  }
  const own = fastest(ours);
  const line = `${String(lattice.size).padStart(3)}  ${temperature.toFixed(4)}  ${exact.toFixed(3)} ${text(own)}`;
  if (peer === undefined) console.log(line);
  else {
    const [one, many] = [fastest(scalar), fastest(bits)];
    console.log(
      `${line} ${text(one)} ${text(many)}   ${(own.speed / one.speed).toFixed(0).padStart(6)}  ${(own.speed / many.speed).toFixed(2).padStart(6)}`,
    );
  }
}

await withCPeer('metropolis', (peer) => {
  console.log('attempted flips/ns and energy per spin: here, C one lattice, C 64 replicas; ratios to both');
  console.log('  L       T   exact     here       e     one C       e      64 C       e   to one   to 64');
  for (const size of [10, 20, 40, 60]) {
    for (const temperature of [1.5, criticalTemperature, 3.5]) {
      show(squareLattice(size), temperature, finiteLattice(size, temperature).energy, peer);
    }
  }
  console.log('triangular, here');
  for (const size of [30, 60]) {
    for (const temperature of [2.5, triangularCriticalTemperature, 5]) {
      const { energy } = finiteTriangularLattice(size, temperature);
      show(triangularLattice(size), temperature, energy, undefined);
    }
  }
});
