// A trained run of every domain of the registry, at a size that takes seconds.
import { join } from 'node:path';
import { silent } from '../../core/progress.ts';
import { registry } from '../../domains/registry.ts';
import type { StageName } from '../../pipelines/run-directory/run-status.ts';
import { openModels } from '../../pipelines/stages/open-models.ts';
import { beginRun } from '../../pipelines/stages/run.ts';
import { runStages } from '../../pipelines/stages/run-stages.ts';

/** Settings by domain. */
const tiny: Readonly<Record<string, unknown>> = {
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

/** Makes them all under `folder`, as far as `stages` go. @returns their directories */
export async function makeTinyRuns(
  folder: string,
  stages: readonly StageName[] = ['prepare', 'train'],
): Promise<string[]> {
  const roots: string[] = [];
  for (const { name, load } of registry) {
    const domain = await load();
    const out = join(folder, `${name}-run`);
    const config = domain.config.parse(tiny[name]);
    const run = await beginRun({ domain, config, preset: 'quick', seed: 1, device: 'cpu', threads: 1, out });
    const work = {
      device: 'cpu',
      threads: 1,
      progress: silent,
      signal: new AbortController().signal,
      log: () => {},
      openModels,
    };

    await runStages(run, stages, work);
    roots.push(out);
  }
  return roots;
}
