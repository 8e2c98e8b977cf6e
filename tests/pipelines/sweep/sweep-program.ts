// The program with the tests' domain, for sweeps and the processes that they start. SWEEP_TEST, as JSON, says what goes wrong in
// which element: {"kill": id} kills its process at a step, once; {"fail": id} fails always; {"slow": ms} makes steps take a while.
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../../../core/errors.ts';
import { listenForInterruption } from '../../../pipelines/cli/interruption.ts';
import { runCli } from '../../../pipelines/cli/run-cli.ts';
import { engine } from '../harness.ts';
import { hooks, registry } from '../noisy-line.ts';

interface Faults {
  readonly kill?: string;
  readonly fail?: string;
  readonly slow?: number;
}

const { kill, fail, slow = 0 } = JSON.parse(process.env.SWEEP_TEST ?? '{}') as Faults;
const argv = process.argv.slice(2);
const element = argv[0] === 'sweep-element' ? argv[2] : undefined;

hooks.onStep = async (id, step) => {
  if (slow > 0) await setTimeout(slow);
  if (id !== 'line-1' || step !== 17) return;
  if (element !== undefined && element === fail) {
    throw new UserError({ what: 'the line broke', where: 'step 17', how: 'mend it' });
  }
  if (element !== undefined && element === kill && !existsSync('killed')) {
    writeFileSync('killed', '');
    process.kill(process.pid, 'SIGKILL');
  }
};
const signal = listenForInterruption();
process.exitCode = await runCli(argv, {
  terminal: { stdout: process.stdout, stderr: process.stderr, signal },
  registry,
  loadEngine: async () => engine,
  version: '0.0.0',
});
