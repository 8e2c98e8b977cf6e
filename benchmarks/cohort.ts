// From ten million events of health records to a matched cohort: seconds and peak memory, of CSV and of Parquet. The records are made here
// and removed at the end.
//   npx tsx benchmarks/cohort.ts [--events 10000000] [--memory 1GB]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { events: { type: 'string', default: '10000000' }, memory: { type: 'string', default: '1GB' } },
});
const script = (name: string): string => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
const run = (name: string, ...argv: string[]): string =>
  execFileSync(process.execPath, ['--import', 'tsx', script(name), ...argv], { encoding: 'utf8' });

for (const format of ['csv', 'parquet']) {
  const folder = mkdtempSync(join(tmpdir(), 'records-'));
  try {
    run('cohort-records', folder, '--events', values.events, '--format', format);
    const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    console.log(`${format}, ${values.events} events, ${(bytes / 1e6).toFixed(0)} MB:`);
    console.log(run('cohort-reader', folder, values.memory).trim());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
