// Time per flipped spin of the Wolff sampler on one core, beside plain C (cc -O3 -march=native) where there is a compiler. Rounds
// alternate, so that both meet the same noise of the machine; the fastest round counts. Both print the mean cluster,
// which must agree: the same algorithm is timed.   npx tsx benchmarks/wolff-sampler.ts
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RandomStream } from '../core/random.ts';
import { criticalTemperature } from '../domains/phases-of-matter/exact/onsager.ts';
import { squareLattice } from '../domains/phases-of-matter/sampler/lattices/square.ts';
import { WolffChain } from '../domains/phases-of-matter/sampler/wolff.ts';

const flips = 2e7;
const rounds = 3;

interface Timing {
  readonly nanoseconds: number;
  readonly meanCluster: number;
}

function timeHere(size: number, temperature: number, round: number): Timing {
  const chain = new WolffChain(
    squareLattice(size),
    temperature,
    new RandomStream('benchmark', size, temperature, round),
  );
  chain.advance(Number.POSITIVE_INFINITY, flips / 4);
  const start = performance.now();
  const done = chain.advance(Number.POSITIVE_INFINITY, flips);
  const nanoseconds = ((performance.now() - start) * 1e6) / done.flips;
  return { nanoseconds, meanCluster: done.flips / done.moves / size ** 2 };
}

/** Compiles the peer; undefined when there is no C compiler. */
function compilePeer(folder: string): string | undefined {
  const program = join(folder, 'wolff');
  const source = fileURLToPath(new URL('peers/wolff.c', import.meta.url));
  try {
    execFileSync('cc', ['-O3', '-march=native', '-o', program, source, '-lm'], { stdio: 'pipe' });
    return program;
  } catch {
    return undefined;
  }
}

function timePeer(program: string, size: number, temperature: number): Timing {
  const line = execFileSync(program, [`${size}`, `${temperature}`, `${flips}`], { encoding: 'utf8' });
  const [nanoseconds, meanCluster] = line.trim().split(' ').map(Number);
  return { nanoseconds, meanCluster };
}

const fastest = (timings: readonly Timing[]): Timing =>
  timings.reduce((best, timing) => (timing.nanoseconds < best.nanoseconds ? timing : best));

const folder = mkdtempSync(join(tmpdir(), 'wolff-'));
try {
  const program = compilePeer(folder);
  if (program === undefined) console.log('no C compiler (cc) here: no peer to compare with');
  console.log('  L       T   ns/spin  <c>/N   C ns/spin  <c>/N   ratio');
  for (const size of [10, 20, 40, 60]) {
    for (const temperature of [1.5, criticalTemperature, 3]) {
      const ours: Timing[] = [];
      const theirs: Timing[] = [];
      for (let round = 0; round < rounds; round++) {
        ours.push(timeHere(size, temperature, round));
        if (program !== undefined) theirs.push(timePeer(program, size, temperature));
      }
      const a = fastest(ours);
      const left = `${String(size).padStart(3)}  ${temperature.toFixed(4)}  ${a.nanoseconds.toFixed(1).padStart(8)}  ${a.meanCluster.toFixed(3)}`;
      if (theirs.length === 0) console.log(left);
      else {
        const b = fastest(theirs);
        console.log(
          `${left}  ${b.nanoseconds.toFixed(1).padStart(10)}  ${b.meanCluster.toFixed(3)}  ${(a.nanoseconds / b.nanoseconds).toFixed(2).padStart(6)}`,
        );
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
