// Elements of a sweep a minute, and what each costs beside its own work: `deepfield sweep` of short runs on one thread each, as processes
// of this machine and, where sbatch is there (SLURM_CONF), as an array of Slurm. From the command to the collected tables.
//   npm run build && npx tsx benchmarks/sweep-elements.ts [--elements 16] [--jobs 2] [--shared /tmp]
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readStatus } from '../pipelines/run-directory/run-status.ts';
import { elementRun, readSweep } from '../pipelines/sweep/sweep-plan.ts';
import { median } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    elements: { type: 'string', default: '16' },
    jobs: { type: 'string', default: '2' },
    /** A folder that the nodes of Slurm see too. */
    shared: { type: 'string', default: tmpdir() },
  },
});
const [elements, jobs] = [options.elements, options.jobs].map(Number);
const command = fileURLToPath(new URL('../bin/deepfield.js', import.meta.url));

async function sweep(title: string, launcher: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(options.shared, 'deepfield-sweep-'));
  const out = join(folder, 'sweep');
  try {
    const begun = performance.now();
    execFileSync(
      process.execPath,
      [
        ...[command, 'sweep', 'own-table', '--out', out, '--set', 'sample.rows=500'],
        ...['--trials', `${elements}`, '--param', 'network.learningRate=log:1e-3..1e-2'],
        ...['--jobs', `${jobs}`, ...launcher],
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const seconds = (performance.now() - begun) / 1000;
    const made = await readSweep(out);
    const own: number[] = [];
    for (const element of made.plan.elements) {
      const { seconds: stages } = await readStatus(elementRun(made, element));
      own.push(Object.values(stages).reduce((sum, each) => sum + each, 0));
    }
    const working = own.reduce((sum, each) => sum + each, 0);
    console.log(
      [
        title.padEnd(8),
        seconds.toFixed(1).padStart(8),
        ((60 * elements) / seconds).toFixed(1).padStart(16),
        median(own).toFixed(2).padStart(24),
        ((seconds * jobs - working) / elements).toFixed(2).padStart(22),
      ].join(' '),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

console.log(`${elements} runs of own-table on 500 rows, ${jobs} at once, one thread each`);
console.log('launcher  seconds  elements/minute  seconds of a run itself  seconds beside it');
await sweep('local', ['--threads', '1']);
if (spawnSync('sbatch', ['--version']).status === 0) {
  await sweep('Slurm', [
    ...['--launcher', 'slurm', '--slurm', 'cpus=1'],
    ...['--slurm', `program=${process.execPath} ${command}`],
  ]);
} else console.log('Slurm    no sbatch here: left out');
