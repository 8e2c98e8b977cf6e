// The program `deepfield`: gives the command line a real terminal, real signals, the real registry, and the verb of this floor.
import { registry } from '../domains/registry.ts';
import { listenForInterruption } from '../pipelines/cli/interruption.ts';
import { runCli } from '../pipelines/cli/run-cli.ts';
import { version } from '../pipelines/package-root.ts';
import { addServe } from './cli/add-serve.ts';

const signal = listenForInterruption();

// A reader such as `head` that has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  terminal: { stdout: process.stdout, stderr: process.stderr, signal },
  registry,
  loadEngine: async () => (await import('../pipelines/engine.ts')).engine,
  version: version(),
  verbs: [addServe],
});
