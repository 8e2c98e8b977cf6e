// The program with the tests' domain of blocks, for the processes that its simulations start.
import { listenForInterruption } from '../../../pipelines/cli/interruption.ts';
import { runCli } from '../../../pipelines/cli/run-cli.ts';
import { blockLine } from '../block-line.ts';
import { engine } from '../harness.ts';

const signal = listenForInterruption();
process.exitCode = await runCli(process.argv.slice(2), {
  terminal: { stdout: process.stdout, stderr: process.stderr, signal },
  registry: [{ name: blockLine.name, title: blockLine.title, load: async () => blockLine }],
  loadEngine: async () => engine,
  version: '0.0.0',
});
