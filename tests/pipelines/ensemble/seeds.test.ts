// Runs of several seeds: one ensemble where no member has learnt what the first is tested on.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { runLayout } from '../../../pipelines/run-directory/layout.ts';
import { idx } from '../../data-adapters/digits/idx-bytes.ts';
import { makeTinyRun } from '../../server/tiny-runs.ts';
import { program } from '../program.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepfield-seeds-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

async function ensemble(...names: string[]) {
  const out = at(`of-${names.join('-')}`);
  return { ...(await program('ensemble', ...names.map(at), '--out', out, '--threads', '1')), out };
}

it.each([
  ['phases-of-matter', { baselines: { logisticSteps: 5 }, bootstrap: 100 }],
  ['exotic-particles', {}],
])(
  'of %s have data of their own, and are measured on those of the first',
  async (name, settings) => {
    await makeTinyRun(name, at(`${name}-1`), settings);
    await makeTinyRun(name, at(`${name}-2`), settings, { seed: 2 });
    const { code, stderr, out } = await ensemble(`${name}-2`, `${name}-1`);
    expect(code, stderr).toBe(0);
    const status = (root: string) => JSON.parse(readFileSync(runLayout(root).status, 'utf8'));
    expect(status(out).seed).toBe(2);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('measured on data of its own');
  },
  60_000,
);

it('go together where files say what is tested, and not where the seed divides them', async () => {
  const random = new RandomStream('pixels');
  const put = (name: string, count: number): void => {
    const pixels = Uint8Array.from({ length: count * 784 }, () => random.integer(256));
    writeFileSync(join(at('idx'), `${name}-images-idx3-ubyte`), idx(8, [count, 28, 28], pixels));
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
    writeFileSync(join(at('idx'), `${name}-labels-idx1-ubyte`), idx(8, [count], labels));
  };
  const train = async (name: string, seed: number): Promise<void> => {
    const settings = [
      'autoencoders=[{name: a, code: 2, epochs: 1}]',
      'classifiers=[{name: mlp, kind: mlp, epochs: 1}]',
      ...['components=[]', 'committee.columns=0', 'evaluation.resamplings=20'],
    ];
    const { code, stderr } = await program(
      ...['train', 'digits', '--source', at('idx'), '--out', at(name), '--seed', `${seed}`],
      ...settings.flatMap((setting) => ['--set', setting]),
    );
    expect(code, stderr).toBe(0);
  };
  mkdirSync(at('idx'));
  put('train', 60);
  await train('divided1', 1);
  await train('divided2', 2);
  const refused = await ensemble('divided1', 'divided2');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('take runs of one seed, which divides the data');
  put('t10k', 20);
  await train('whole1', 1);
  await train('whole2', 2);
  const { code, stderr } = await ensemble('whole1', 'whole2');
  expect(code, stderr).toBe(0);
}, 60_000);
