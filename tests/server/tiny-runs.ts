// A trained run of every domain of the registry, at a size that takes seconds.
import { join } from 'node:path';
import { silent } from '../../core/progress.ts';
import { registry } from '../../domains/registry.ts';
import { type ConfigTree, overlay } from '../../pipelines/config/config-tree.ts';
import type { StageName } from '../../pipelines/run-directory/run-status.ts';
import { openModels } from '../../pipelines/stages/open-models.ts';
import { beginRun, type Run } from '../../pipelines/stages/run.ts';
import { runStages } from '../../pipelines/stages/run-stages.ts';

/** Settings by domain. */
const tiny: Readonly<Record<string, ConfigTree>> = {
  'phases-of-matter': {
    studies: ['square'],
    // The examples of the domain are lattices of 10 x 10.
    sizes: [10],
    sampling: {
      temperatures: 4,
      training: 20,
      validation: 20,
      test: 5,
      crossingTemperatures: 5,
      crossing: 10,
    },
    training: { networks: 2, steps: 20, batchSize: 20 },
  },
  'exotic-particles': {
    problems: ['higgs'],
    groups: ['complete'],
    kinds: ['shallow'],
    events: { training: 300, validation: 100, test: 100 },
    shallow: { units: 10 },
    training: { networks: 2, epochs: 1, batchSize: 100 },
  },
  galaxies: {
    images: { training: 4, validation: 2, test: 3, size: 64 },
    network: { widths: [6, 8], blocks: 1, tile: 64 },
    training: { steps: 10, crop: 64, batchSize: 2, evaluateEvery: 5 },
  },
  'heart-failure': {
    simulation: { cases: 40, controlsPerCase: 2 },
    windows: [{ observation: 540, gap: 0 }],
    kinds: ['gru'],
    representation: { longest: 16, codesPerStep: 8 },
    training: { units: 8, width: 8, epochs: 1 },
  },
  digits: {
    rendering: { train: 60, test: 20 },
    autoencoders: [{ name: 'autoencoder', code: 8, epochs: 1 }],
    components: [],
    classifiers: [{ name: 'lenet5', kind: 'lenet5', epochs: 1, batchSize: 30 }],
    committee: { columns: 0 },
  },
  'own-table': {
    sample: { rows: 200 },
    network: { hidden: [8], members: 2, epochs: 2 },
    linear: { penalties: [0.001] },
  },
};

const work = {
  device: 'cpu',
  threads: 1,
  progress: silent,
  signal: new AbortController().signal,
  log: () => {},
  openModels,
};

/** Makes one. @param change laid over its settings */
export async function makeTinyRun(
  name: string,
  out: string,
  change: ConfigTree = {},
  { stages = ['prepare', 'train'], seed = 1 }: { stages?: readonly StageName[]; seed?: number } = {},
): Promise<Run> {
  const domain = await registry.find((entry) => entry.name === name)!.load();
  const config = domain.config.parse(overlay(tiny[name], change));
  const run = await beginRun({ domain, config, preset: 'quick', seed, device: 'cpu', threads: 1, out });
  await runStages(run, stages, work);
  return run;
}

/** Makes them all under `folder`, as far as `stages` go. @returns their directories */
export async function makeTinyRuns(folder: string, stages?: readonly StageName[]): Promise<string[]> {
  const roots: string[] = [];
  for (const { name } of registry) {
    const out = join(folder, `${name}-run`);
    await makeTinyRun(name, out, {}, { stages });
    roots.push(out);
  }
  return roots;
}
