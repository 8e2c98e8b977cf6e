// Collisions from a CSV file as large as UCI's HIGGS.csv through the whole program, its memory watched: prepared into Arrow
// files, read back shuffled, and scored into Parquet. The file is made here and removed at the end.
//   npm run build && npx tsx benchmarks/stream-collisions.ts [--rows 11000000]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { RandomStream } from '../core/random.ts';
import { eventSource } from '../domains/exotic-particles/event-source.ts';
import { dataRecordSchema, storedPart } from '../pipelines/run-directory/data-record.ts';
import { writeCollisions } from './collision-csv.ts';

const { values: options } = parseArgs({ options: { rows: { type: 'string', default: '11000000' } } });
const command = fileURLToPath(new URL('../bin/deepfield.js', import.meta.url));

/** The most memory that a process has had so far, MB; Linux alone tells. */
function peakMegabytes(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Runs the program. @returns seconds and peak memory */
async function deepfield(...argv: string[]): Promise<{ seconds: number; peak: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [command, ...argv], { stdio: ['ignore', 'ignore', 'pipe'] });
  let [peak, errors] = [0, ''];
  child.stderr.on('data', (text) => {
    errors += text;
  });
  const watch = setInterval(() => {
    peak = Math.max(peak, peakMegabytes(child.pid ?? 0));
  }, 50);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`deepfield ${argv.join(' ')}: exit code ${code}\n${errors}`);
  return { seconds: (performance.now() - started) / 1000, peak };
}

const folder = mkdtempSync(join(tmpdir(), 'collisions-'));
const run = join(folder, 'run');
const path = join(folder, 'HIGGS.csv');
const scored = join(folder, 'scored.parquet');
try {
  const { rows, bytes } = writeCollisions(path, Number(options.rows));
  console.log(`${rows} rows x 29 columns, ${(bytes / 1e9).toFixed(2)} GB`);
  const line = (title: string, seconds: number, peak?: number): void => {
    const speed = `${seconds.toFixed(1)} s, ${(rows / seconds / 1e6).toFixed(2)} million rows/s`;
    const memory = peak === undefined ? '' : `, peak ${peak.toFixed(0)} MB`;
    console.log(`${title}: ${speed}, ${(bytes / seconds / 1e6).toFixed(0)} MB/s of CSV${memory}`);
  };
  const validation = Math.round(rows / 22);
  const settings = [
    `source.split=order`,
    `source.training=${rows - 2 * validation}`,
    `source.validation=${validation}`,
  ];
  const small = [
    'kinds=[logistic]',
    'groups=[complete]',
    'training.epochs=1',
    'training.batchSize=1000',
    'importance.events=0',
    'systematics=false',
    'bootstrap=50',
  ];
  const set = (given: string[]): string[] => given.flatMap((text) => ['--set', text]);

  const prepared = await deepfield(
    'prepare',
    'exotic-particles',
    '--source',
    path,
    '--out',
    run,
    ...set([...settings, ...small]),
  );
  line('prepare: CSV to Arrow, standardised, split', prepared.seconds, prepared.peak);

  const record = dataRecordSchema.parse(JSON.parse(readFileSync(join(run, 'data.json'), 'utf8')));
  const part = storedPart(record.parts.higgs, run);
  const shuffle = new RandomStream(1);
  const started = performance.now();
  let read = 0;
  for await (const batch of eventSource(part.splits.train, { shuffle }).epoch({
    epoch: 0,
    batchSize: 1000,
    skip: 0,
  })) {
    read += batch.rows;
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `one pass of shuffled batches of 1,000: ${seconds.toFixed(1)} s, ${(read / seconds / 1e6).toFixed(2)} million rows/s`,
  );

  const trained = await deepfield('resume', run);
  console.log(
    `one pass of logistic regression, evaluated: ${trained.seconds.toFixed(1)} s, peak ${trained.peak.toFixed(0)} MB`,
  );
  const predicted = await deepfield('predict', run, path, '--out', scored);
  line(
    `predict: CSV to Parquet (${(statSync(scored).size / 1e9).toFixed(2)} GB)`,
    predicted.seconds,
    predicted.peak,
  );
} finally {
  rmSync(folder, { recursive: true });
}
