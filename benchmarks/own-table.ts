// What `deepfield fit` makes of a table of two classes beside scikit-learn on the same rows, as the run divided them: areas under
// the ROC curve; the peer's intervals are DeLong's. It learns from the training rows alone, in the codes of the run.
//
//   npx tsx benchmarks/own-table.ts <table.csv> <target> [--seed 1]     (DEEPFIELD_PYTHON names a Python with scikit-learn)
//   npx tsx benchmarks/own-table.ts                                      the generated table
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { areaInterval, deLong } from '../core/metrics/delong.ts';
import { featuresOf } from '../data-adapters/own-table/schema.ts';
import { schemaOf } from '../domains/own-table/config.ts';
import { domain } from '../domains/own-table/index.ts';
import { registry } from '../domains/registry.ts';
import { runLayout } from '../pipelines/run-directory/layout.ts';
import { openRun } from '../pipelines/stages/run.ts';
import { Peer } from './peer.ts';
import { quietly } from './quiet-cli.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' } },
});
const [path, target] = positionals;
const folder = mkdtempSync(join(tmpdir(), 'own-table-'));
const peer = await Peer.start('own_table.py');
console.log(peer ? `peer: ${peer.version}` : 'scikit-learn is not installed here (DEEPFIELD_PYTHON)');

interface Area {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}
const show = (name: string, { value, low, high }: Area): void =>
  console.log(`${name.padEnd(24)} ${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`);

try {
  const out = join(folder, 'run');
  const words = path === undefined ? ['run', domain.name] : ['fit', path, '--target', target];
  await quietly([...words, '--seed', values.seed, '--out', out]);
  await quietly(['export', out, '--format', 'csv', '--out', folder]);
  const { figures } = JSON.parse(readFileSync(runLayout(out).results, 'utf8'));
  const [area] = figures;
  console.log(`${path ?? 'the generated table'}: ${area.n} test rows`);
  show(area.label, area);
  for (const baseline of area.baselines) show(`  ${baseline.label}`, baseline);
  if (peer) {
    const { config } = await openRun(runLayout(out), registry);
    const categories = featuresOf(schemaOf(config as never)).map(({ kind }) => kind === 'category');
    const answer = await peer.ask(JSON.stringify({ path: join(folder, 'table.csv'), categories }));
    const { target: truth, ...scores } = JSON.parse(answer) as Record<string, number[]>;
    for (const [name, own] of Object.entries(scores))
      show(`  ${name}`, areaInterval(deLong([Float64Array.from(own)], Uint8Array.from(truth))));
  }
} finally {
  peer?.stop();
  rmSync(folder, { recursive: true });
}
