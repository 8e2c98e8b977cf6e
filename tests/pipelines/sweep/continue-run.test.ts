// Every domain that says that its runs go on to a larger budget keeps its word: bit by bit they are runs from the beginning.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { silent } from '../../../core/progress.ts';
import { registry } from '../../../domains/registry.ts';
import { overlay, treeOf } from '../../../pipelines/config/config-tree.ts';
import { runLayout } from '../../../pipelines/run-directory/layout.ts';
import { readMetrics } from '../../../pipelines/run-directory/metrics-log.ts';
import { openModels } from '../../../pipelines/stages/open-models.ts';
import { openRun } from '../../../pipelines/stages/run.ts';
import { runStages } from '../../../pipelines/stages/run-stages.ts';
import { continueRun } from '../../../pipelines/sweep/halving/continue-run.ts';
import { makeTinyRun } from '../../server/tiny-runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepfield-continue-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Settings with which each goes on. */
const going: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'phases-of-matter': { training: { schedule: 'constant' } },
  'exotic-particles': { training: { recipe: 'paper' } },
};

it.each(Object.keys(going))('%s', async (name) => {
  const at = (what: string): string => join(folder, `${name}-${what}`);
  const domain = await registry.find((entry) => entry.name === name)!.load();
  const { path, continues } = domain.budget!;
  const settings = (budget: number) => overlay(going[name], treeOf(path.split('.'), budget));
  const short = await makeTinyRun(name, at('short'), settings(2));
  const long = await makeTinyRun(name, at('long'), settings(5));
  expect(continues(short.config)).toBe(true);
  await continueRun(short.paths, runLayout(at('on')), domain, long.config);
  const run = await openRun(runLayout(at('on')), registry);
  const work = { device: 'cpu', threads: 1, progress: silent, log: () => {}, openModels };
  await runStages(run, ['prepare', 'train'], { ...work, signal: new AbortController().signal });
  const files = readdirSync(long.paths.models);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const [a, b] = [long.paths, run.paths].map(({ models }) => readFileSync(join(models, file)));
    expect(a.equals(b), file).toBe(true);
  }
  // The last look of both is of the same step with the same loss, and later than any of the short one's: early stopping may keep an earlier network.
  const [whole, on, before] = [long, run, short].map(({ paths }) => readMetrics(paths.metrics).at(-1));
  expect(on).toEqual(whole);
  expect(Number(on?.step)).toBeGreaterThan(Number(before?.step));
});

it('says so of no settings but those', async () => {
  for (const { name, load } of registry) {
    const { budget, config } = await load();
    expect(budget?.continues(config.parse({})) ?? false, name).toBe(false);
  }
});
