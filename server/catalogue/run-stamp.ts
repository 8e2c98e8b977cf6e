// The state of a run's files that matter here, as a text: when it is another, the run has changed.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunLayout } from '../../pipelines/run-directory/layout.ts';

async function stateOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? '-' : `${found.mtimeMs}:${found.size}`;
}

export async function runStamp({ status, config, results, models }: RunLayout): Promise<string> {
  const names = (await readdir(models).catch((): string[] => []))
    .filter((name) => name.endsWith('.onnx'))
    .sort();
  const networks = await Promise.all(
    names.map(async (name) => `${name}=${await stateOf(join(models, name))}`),
  );
  const own = await Promise.all([status, config, results].map(stateOf));
  return [...own, ...networks].join(' ');
}
