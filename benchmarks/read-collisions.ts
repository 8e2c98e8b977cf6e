// Reads a CSV file like UCI's HIGGS.csv (29 columns of 18 digits behind the point, 8 GB for 11 million rows) with two
// worker threads, beside pyarrow and DuckDB with two threads each, where Python has them (DEEPFIELD_PYTHON). Every reader
// makes float32 columns of the whole file and adds up its first one, in a process of its own that tells its peak memory;
// rounds alternate, so that all meet the same noise of the machine, and the fastest round counts. The file is in the page
// cache. It is made here, of a block of 20,000 random rows over and over, and removed at the end.
//   npx tsx benchmarks/read-collisions.ts [--rows 11000000] [--rounds 3]
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { RandomStream } from '../core/random.ts';
import { Peer } from './peer.ts';

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '11000000' }, rounds: { type: 'string', default: '3' } },
});
const columns = 29;
const blockRows = 20_000;
/** Share of the free disk that the file may take. */
const share = 0.8;

/** As C's %.18e, which UCI's files were written with. */
const cell = (value: number): string =>
  Math.fround(value)
    .toExponential(18)
    .replace(/e([+-])(\d)$/, 'e$10$2');

function block(): Buffer {
  const random = new RandomStream('collisions');
  const lines: string[] = [];
  for (let row = 0; row < blockRows; row++) {
    const cells = [cell(random.uniform() < 0.53 ? 1 : 0)];
    for (let column = 1; column < columns; column++) {
      // b-tags of UCI's set take three values; the rest spreads over signs and sizes.
      if (column % 4 === 1 && column > 8 && column < 22)
        cells.push(cell([0, 1.0865380764007568, 2.1730761528015137][row % 3]));
      else
        cells.push(cell(column % 2 === 0 ? (random.uniform() - 0.5) * 4 : -Math.log(1 - random.uniform())));
    }
    lines.push(cells.join(','));
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

interface Outcome {
  readonly seconds: number;
  /** Seconds of all cores together, start of the program included. */
  readonly coreSeconds: number;
  readonly peakMegabytes: number;
  readonly rows: number;
  readonly sum: number;
}

interface Contender {
  readonly title: string;
  run(path: string): Promise<Outcome | undefined>;
}

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
  const bytes = block();
  const { bavail, bsize } = statfsSync(folder);
  const blocks = Math.max(
    1,
    Math.min(
      Math.round(Number(options.rows) / blockRows),
      Math.floor((share * bavail * bsize) / bytes.length),
    ),
  );
  const path = join(folder, 'HIGGS.csv');
  const file = openSync(path, 'w');
  for (let i = 0; i < blocks; i++) writeSync(file, bytes);
  closeSync(file);
  const size = blocks * bytes.length;
  console.log(`${blocks * blockRows} rows x ${columns} columns, ${(size / 1e9).toFixed(2)} GB`);

  const best = new Map<Contender, Outcome>();
  const absent = new Set<Contender>();
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const contender of contenders) {
      if (absent.has(contender)) continue;
      const found = await contender.run(path);
      if (found === undefined) {
        absent.add(contender);
        console.log(`no figures of ${contender.title}: Python has it not (set DEEPFIELD_PYTHON)`);
        continue;
      }
      const before = best.get(contender);
      if (before === undefined || found.seconds < before.seconds) best.set(contender, found);
    }
  }
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
