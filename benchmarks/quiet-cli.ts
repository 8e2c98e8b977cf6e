// The command line in this process, without a word but its errors.
import { registry } from '../domains/registry.ts';
import { runCli } from '../pipelines/cli/run-cli.ts';
import { version } from '../pipelines/package-root.ts';

/** @throws Error with what was said, when it ends in a mistake */
export async function quietly(words: readonly string[]): Promise<void> {
  const said: string[] = [];
  const code = await runCli(words, {
    terminal: {
      stdout: { write: () => {} },
      stderr: { write: (text: string) => void said.push(text) },
      signal: new AbortController().signal,
    },
    registry,
    loadEngine: async () => (await import('../pipelines/engine.ts')).engine,
    version: version(),
  });
  if (code !== 0) throw new Error(said.join(''));
}
