// Reads a CSV file like UCI's HIGGS.csv (29 columns of 18 digits behind the point, 8 GB for 11 million rows) with two
// worker threads, beside pyarrow and DuckDB with two threads each, where Python has them (DEEPFIELD_PYTHON). Every reader
// makes float32 columns of the whole file and adds up its first one, in a process of its own that tells its peak memory;
// rounds alternate, so that all meet the same noise of the machine, and the fastest round counts. The file is in the page
// cache. It is made here, of a block of 20,000 random rows over and over, and removed at the end.
//   npx tsx benchmarks/read-collisions.ts [--rows 11000000] [--rounds 3]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bestOfRounds, type RoundContender } from './best-of-rounds.ts';
import { writeCollisions } from './collision-csv.ts';
import { Peer } from './peer.ts';

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '11000000' }, rounds: { type: 'string', default: '3' } },
});
interface Outcome {
  readonly seconds: number;
  /** Seconds of all cores together, start of the program included. */
  readonly coreSeconds: number;
  readonly peakMegabytes: number;
  readonly rows: number;
  readonly sum: number;
}

type Contender = RoundContender<Outcome>;

const outcome = (line: string): Outcome => {
  const [seconds, coreSeconds, peakMegabytes, rows, sum] = line.trim().split(' ').map(Number);
  return { seconds, coreSeconds, peakMegabytes, rows, sum };
};

const own = (title: string, reader: string): Contender => ({
  title,
  run: async (path) => {
    const program = fileURLToPath(new URL('read-collisions-reader.ts', import.meta.url));
    return outcome(
      execFileSync(process.execPath, ['--import', 'tsx', program, reader, path], { encoding: 'utf8' }),
    );
  },
});

const python = (title: string, reader: string): Contender => ({
  title,
  run: async (path) => {
    const peer = await Peer.start('read_csv.py', reader);
    if (peer === undefined) return undefined;
    const answer = await peer.ask(path);
    peer.stop();
    return outcome(answer);
  },
});

const contenders: readonly Contender[] = [
  own('csvTable, 2 threads', 'table'),
  own('readEvents, 2 threads', 'events'),
  python('pyarrow.csv.read_csv', 'pyarrow'),
  python('pyarrow.csv.open_csv', 'pyarrow-stream'),
  python('DuckDB read_csv', 'duckdb'),
];

const folder = mkdtempSync(join(tmpdir(), 'collisions-'));
try {
  const path = join(folder, 'HIGGS.csv');
  const { rows, bytes: size } = writeCollisions(path, Number(options.rows));
  console.log(`${rows} rows x 29 columns, ${(size / 1e9).toFixed(2)} GB`);

  const best = await bestOfRounds<Outcome>(contenders, path, Number(options.rounds));
  console.log('                          seconds      rows/s    MB/s  core s   peak RSS');
  for (const [{ title }, { seconds, coreSeconds, peakMegabytes, rows, sum }] of best) {
    const speeds = `${(rows / seconds).toFixed(0).padStart(11)} ${(size / 1e6 / seconds).toFixed(0).padStart(7)}`;
    const memory = `${coreSeconds.toFixed(2).padStart(7)} ${peakMegabytes.toFixed(0).padStart(7)} MB`;
    const first = [...best.values()][0];
    const agrees = rows === first.rows && sum === first.sum ? '' : `  other result: ${rows} rows, sum ${sum}`;
    console.log(`${title.padEnd(24)} ${seconds.toFixed(2).padStart(8)} ${speeds} ${memory}${agrees}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
