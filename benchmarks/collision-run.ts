// A run of the exotic-particle domain with the paper's network, trained for a moment: what is served is as large as the real one.
import { registry } from '../domains/registry.ts';
import { runCli } from '../pipelines/cli/run-cli.ts';
import { version } from '../pipelines/package-root.ts';

const settings = [
  'problems=[higgs]',
  'groups=[complete]',
  'kinds=[deep]',
  'events.training=2000',
  'events.validation=500',
  'events.test=500',
  'deep.units=300',
  'training.networks=1',
  'training.epochs=1',
  'bootstrap=50',
];

/** Makes it in `folder`, which must not be there yet. */
export async function makeCollisionRun(folder: string): Promise<void> {
  const said: string[] = [];
  const code = await runCli(
    ['run', 'exotic-particles', '--out', folder, ...settings.flatMap((one) => ['--set', one])],
    {
      terminal: {
        stdout: { write: () => {} },
        stderr: { write: (text: string) => void said.push(text) },
        signal: new AbortController().signal,
      },
      registry,
      loadEngine: async () => (await import('../pipelines/engine.ts')).engine,
      version: version(),
    },
  );
  if (code !== 0) throw new Error(said.join(''));
}
