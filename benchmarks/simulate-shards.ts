// Sampling in 1 and 2 processes: lattices a second of `deepfield simulate --shards`, each process on one thread, in alternating rounds. What is
// timed is the whole command: starting the processes, sampling, joining. Starting alone is shown beside it, by a simulation of next to nothing.
//   npm run build && npx tsx benchmarks/simulate-shards.ts [--lattices 200000] [--size 40] [--shards 1,2] [--rounds 3]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { dataRecordSchema } from '../pipelines/run-directory/data-record.ts';
import { median } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    lattices: { type: 'string', default: '200000' },
    size: { type: 'string', default: '40' },
    shards: { type: 'string', default: '1,2' },
    rounds: { type: 'string', default: '3' },
  },
});
const command = fileURLToPath(new URL('../bin/deepfield.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'deepfield-simulate-'));
const temperatures = 40;

interface Simulated {
  readonly seconds: number;
  readonly lattices: number;
  /** Of its files, which do not depend on the number of shards. */
  readonly sha256: string;
}

/** About as many lattices as are wanted, half of them to train on. */
function simulate(lattices: number, shards: number): Simulated {
  const each = Math.max(1, Math.round(lattices / temperatures / 4));
  const settings = {
    studies: '[square]',
    sizes: `[${options.size}]`,
    'sampling.temperatures': temperatures,
    'sampling.training': each * 2,
    'sampling.validation': each,
    'sampling.test': each,
    'sampling.crossing': 1,
    'training.networks': 1,
  };
  const out = join(folder, 'run');
  const words = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const begun = performance.now();
  execFileSync(
    process.execPath,
    [
      ...[command, 'simulate', 'phases-of-matter', ...words, '--out', out],
      ...['--shards', `${shards}`, '--jobs', `${shards}`, '--threads', '1'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const seconds = (performance.now() - begun) / 1000;
  const { parts } = dataRecordSchema.parse(JSON.parse(readFileSync(join(out, 'data.json'), 'utf8')));
  const own = Object.values(parts);
  rmSync(out, { recursive: true });
  return {
    seconds,
    lattices: own.reduce((sum, { rows }) => sum + rows, 0),
    sha256: own.map(({ prepared }) => prepared?.sha256).join(),
  };
}

try {
  const counts = options.shards.split(',').map(Number);
  const idle = new Map<number, number[]>(counts.map((shards) => [shards, []]));
  const taken = new Map<number, number[]>(counts.map((shards) => [shards, []]));
  const hashes = new Set<string>();
  let lattices = 0;
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const shards of counts) {
      idle.get(shards)!.push(simulate(0, shards).seconds);
      const found = simulate(Number(options.lattices), shards);
      taken.get(shards)!.push(found.seconds);
      hashes.add(found.sha256);
      lattices = found.lattices;
    }
  }
  console.log(
    `${lattices} lattices of ${options.size} x ${options.size} by Wolff's algorithm, medians of ${options.rounds} rounds; the data are ${hashes.size === 1 ? 'the same' : 'NOT THE SAME'}`,
  );
  console.log('processes   seconds   of it starting and joining   lattices/s   speedup');
  const first = median(taken.get(counts[0])!);
  for (const shards of counts) {
    const seconds = median(taken.get(shards)!);
    const cells = [
      `${shards}`.padStart(9),
      seconds.toFixed(1).padStart(9),
      median(idle.get(shards)!).toFixed(1).padStart(28),
      (lattices / seconds).toFixed(0).padStart(12),
      (first / seconds).toFixed(2).padStart(9),
    ];
    console.log(cells.join(' '));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
