// Runs the tests' domain into a folder with steps that take a while, listening to signals as the real program does:
// node --import tsx slow-run.ts <out>
import { setTimeout } from 'node:timers/promises';
import { listenForInterruption } from '../../../pipelines/cli/interruption.ts';
import { runCli } from '../../../pipelines/cli/run-cli.ts';
import { engine } from '../harness.ts';
import { hooks, registry } from '../noisy-line.ts';

hooks.onStep = () => setTimeout(800);
const signal = listenForInterruption();
process.exitCode = await runCli(['run', 'noisy-line', '--out', process.argv[2]], {
  terminal: { stdout: process.stdout, stderr: process.stderr, signal },
  registry,
  loadEngine: async () => engine,
  version: '0.0.0',
});
