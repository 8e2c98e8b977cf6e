// Time per flipped spin of the Wolff sampler on one core, square and triangular lattice, beside plain C on the square one
// (cc -O3 -march=native) where there is a compiler. Rounds alternate, so that both meet the same noise of the machine; the
// fastest round counts. Both print the mean cluster, which must agree: the same algorithm is timed.
//   npx tsx benchmarks/wolff-sampler.ts
import { RandomStream } from '../core/random.ts';
import { criticalTemperature } from '../domains/phases-of-matter/exact/onsager.ts';
import { triangularCriticalTemperature } from '../domains/phases-of-matter/exact/triangular.ts';
import type { Lattice } from '../domains/phases-of-matter/sampler/lattices/lattice.ts';
import { squareLattice } from '../domains/phases-of-matter/sampler/lattices/square.ts';
import { triangularLattice } from '../domains/phases-of-matter/sampler/lattices/triangular.ts';
import { WolffChain } from '../domains/phases-of-matter/sampler/wolff.ts';
import { type CPeer, withCPeer } from './c-peer.ts';

const flips = 2e7;
const rounds = 3;

interface Timing {
  readonly nanoseconds: number;
  readonly meanCluster: number;
}

function timeHere(lattice: Lattice, temperature: number, round: number): Timing {
  const random = new RandomStream('benchmark', lattice.size, temperature, round);
  const chain = new WolffChain(lattice, temperature, random);
  chain.advance(Number.POSITIVE_INFINITY, flips / 4);
  const start = performance.now();
  const done = chain.advance(Number.POSITIVE_INFINITY, flips);
  const nanoseconds = ((performance.now() - start) * 1e6) / done.flips;
  return { nanoseconds, meanCluster: done.flips / done.moves / lattice.sites };
}

const fastest = (timings: readonly Timing[]): Timing =>
  timings.reduce((best, timing) => (timing.nanoseconds < best.nanoseconds ? timing : best));

function show(lattice: Lattice, temperature: number, peer: CPeer | undefined): void {
  const ours: Timing[] = [];
  const theirs: Timing[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(timeHere(lattice, temperature, round));
    if (peer === undefined) continue;
    const [nanoseconds, meanCluster] = peer(lattice.size, temperature, flips);
    theirs.push({ nanoseconds, meanCluster });
  }
  const text = ({ nanoseconds, meanCluster }: Timing): string =>
    `${nanoseconds.toFixed(1).padStart(9)}  ${meanCluster.toFixed(3)}`;
  const own = fastest(ours);
  const line = `${String(lattice.size).padStart(3)}  ${temperature.toFixed(4)} ${text(own)}`;
  if (theirs.length === 0) console.log(line);
  else {
    const other = fastest(theirs);
    const ratio = (own.nanoseconds / other.nanoseconds).toFixed(2);
    console.log(`${line}   ${text(other)}  ${ratio.padStart(6)}`);
  }
}

await withCPeer('wolff', (peer) => {
  console.log('square');
  console.log('  L       T   ns/spin  <c>/N   C ns/spin  <c>/N   ratio');
  for (const size of [10, 20, 40, 60]) {
    for (const temperature of [1.5, criticalTemperature, 3]) show(squareLattice(size), temperature, peer);
  }
  console.log('triangular');
  for (const size of [30, 60]) {
    for (const temperature of [2.5, triangularCriticalTemperature, 5]) {
      show(triangularLattice(size), temperature, undefined);
    }
  }
});
