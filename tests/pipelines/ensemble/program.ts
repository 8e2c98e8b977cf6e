// Runs command lines in this process with the program's own domains and engine.
import { registry } from '../../../domains/registry.ts';
import { runCli } from '../../../pipelines/cli/run-cli.ts';
import { engine } from '../../../pipelines/engine.ts';

export async function program(...argv: string[]) {
  let [stdout, stderr] = ['', ''];
  const code = await runCli(argv, {
    terminal: {
      stdout: { write: (text: string) => (stdout += text), isTTY: false, columns: 100 },
      stderr: { write: (text: string) => (stderr += text), isTTY: false, columns: 100 },
      signal: new AbortController().signal,
    },
    registry,
    loadEngine: async () => engine,
    version: '1.2.3',
  });
  return { code, stdout, stderr };
}
