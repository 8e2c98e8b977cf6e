// Runs command lines in this process with the program's own domains and engine; processes that it starts are this program too.
import { fileURLToPath } from 'node:url';
import { registry } from '../../domains/registry.ts';
import { runCli } from '../../pipelines/cli/run-cli.ts';
import { engine } from '../../pipelines/engine.ts';

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

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
    program: [process.execPath, '--import', import.meta.resolve('tsx'), main],
  });
  return { code, stdout, stderr };
}
