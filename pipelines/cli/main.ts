// The program `deepfield`: gives the command line a real terminal, real signals and the real registry.
import { registry } from '../../domains/registry.ts';
import { version } from '../package-root.ts';
import { listenForInterruption } from './interruption.ts';
import { runCli } from './run-cli.ts';

const signal = listenForInterruption();

// A reader such as `head` that has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  terminal: { stdout: process.stdout, stderr: process.stderr, signal },
  registry,
  loadEngine: async () => (await import('../engine.ts')).engine,
  version: version(),
});
