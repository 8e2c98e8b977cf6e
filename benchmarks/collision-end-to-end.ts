// The whole way from a CSV file to a trained network, reading, standardising, shuffling and training the paper's network of
// 4 x 300 tanh, beside pyarrow and PyTorch in the same run, in alternating rounds. The time of `deepfield train` is that of the
// whole process, its start included; PyTorch's (benchmarks/peers/train_from_csv.py) begins after its import, which is in its
// favour. The file is made here and removed at the end.
//   npm run build && npx tsx benchmarks/collision-end-to-end.ts [--rows 200000] [--rounds 3]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeCollisions } from './collision-csv.ts';
import { Peer } from './peer.ts';
import { median } from './statistics.ts';

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '200000' }, rounds: { type: 'string', default: '3' } },
});
const threads = 2;
const validation = 10_000;
/** Batches, and passes that take about as long. */
const schedules = [
  { batch: 100, passes: 2 },
  { batch: 1000, passes: 4 },
] as const;
const command = fileURLToPath(new URL('../bin/deepfield.js', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'collisions-'));
const path = join(folder, 'HIGGS.csv');
const torch = await Peer.start('train_from_csv.py', String(threads));
console.log(
  torch ? `peer: PyTorch ${torch.version}` : 'PyTorch or pyarrow is not installed here (DEEPFIELD_PYTHON)',
);
try {
  const { rows } = writeCollisions(path, Number(options.rows) + 2 * validation);
  const training = rows - 2 * validation;
  for (const { batch, passes } of schedules) {
    const own: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round < Number(options.rounds); round++) {
      const settings = [
        'kinds=[deep]',
        'groups=[complete]',
        'training.recipe=paper',
        `training.batchSize=${batch}`,
        `training.epochs=${passes}`,
        'source.split=order',
        `source.training=${training}`,
        `source.validation=${validation}`,
      ].flatMap((setting) => ['--set', setting]);
      const started = performance.now();
      const out = join(folder, `${batch}-${round}`);
      execFileSync(
        process.execPath,
        [
          command,
          'train',
          'exotic-particles',
          '--source',
          path,
          '--out',
          out,
          '--threads',
          String(threads),
          ...settings,
        ],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      );
      own.push((performance.now() - started) / 1000);
      rmSync(out, { recursive: true });
      if (torch) peer.push(Number(await torch.ask([path, training, validation, batch, passes].join(' '))));
    }
    const beside = torch
      ? `; PyTorch ${median(peer).toFixed(1)} s; ratio ${(median(peer) / median(own)).toFixed(2)}`
      : '';
    console.log(
      `${training} rows, batch ${batch}, ${passes} passes: deepfield ${median(own).toFixed(1)} s${beside}`,
    );
  }
} finally {
  torch?.stop();
  rmSync(folder, { recursive: true });
}
