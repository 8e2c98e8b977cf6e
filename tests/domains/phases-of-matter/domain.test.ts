// The whole domain at a size that takes seconds: sample, train, save, evaluate, predict.

import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TensorData } from '../../../core/engine/tensor-data.ts';
import { UserError } from '../../../core/errors.ts';
import { RandomStream } from '../../../core/random.ts';
import { type Parts, splitNames } from '../../../data-adapters/dataset.ts';
import { writeNpy } from '../../../data-adapters/formats/write-npy.ts';
import type { Evaluation } from '../../../domains/domain.ts';
import { type PhasesConfig, phasesConfig, presets } from '../../../domains/phases-of-matter/config.ts';
import { domain } from '../../../domains/phases-of-matter/index.ts';
import { crossingTemperatures, trainingTemperatures } from '../../../domains/phases-of-matter/simulate.ts';
import { ownRows } from '../../../domains/phases-of-matter/train.ts';
import { contextOf, InMemoryTraining } from '../in-memory-training.ts';

const tiny = phasesConfig.parse({
  studies: ['square', 'triangular'],
  sizes: [6, 8],
  sampling: {
    temperatures: 12,
    training: 120,
    validation: 60,
    test: 60,
    crossingTemperatures: 7,
    crossing: 200,
  },
  training: { networks: 2, steps: 150, batchSize: 64 },
  baselines: { logisticSteps: 40 },
  pca: { sizes: [6], training: 20, test: 10 },
  bootstrap: 100,
});

async function trained(parts: Parts, config: PhasesConfig) {
  const training = new InMemoryTraining(domain, parts, config);
  await training.train();
  const { saved, lines } = training;
  return { saved, lines, models: await training.models() };
}

describe('grids', () => {
  it('are even and symmetric about Tc, and share no temperature', () => {
    const { sampling } = phasesConfig.parse({});
    for (const size of [10, 40]) {
      const training = trainingTemperatures(size, sampling);
      const mirrored = training.map((t) => 2 * 2.269185314213022 - t).reverse();
      training.forEach((t, i) => {
        expect(t).toBeCloseTo(mirrored[i], 10);
      });
      expect(training.every((t) => t > 0.9)).toBe(true);
      for (const t of crossingTemperatures(size, sampling)) expect(training).not.toContain(t);
    }
  });

  it("has the paper's 40 temperatures in the preset `paper`", () => {
    const { sampling } = phasesConfig.parse(presets.paper);
    const grid = trainingTemperatures(20, sampling);
    expect(grid).toHaveLength(40);
    // README of the authors' data: T_i = 1 + 0.0634592657106510 i, i = 20 left out.
    expect([grid[0], grid[19], grid[20], grid[39]].map((t) => t.toFixed(4))).toEqual([
      '1.0000',
      '2.2057',
      '2.3326',
      '3.5384',
    ]);
  });
});

describe('a tiny run', () => {
  let parts: Parts;
  let run: Awaited<ReturnType<typeof trained>>;
  let evaluation: Evaluation;
  beforeAll(async () => {
    parts = await domain.simulate(contextOf(tiny));
    run = await trained(parts, tiny);
    evaluation = await domain.evaluate(parts, { ...contextOf(tiny), models: run.models });
  }, 120_000);

  it('gives every network training lattices of its own, in equal numbers at each temperature', () => {
    const first = ownRows(parts.L6, 'train', 0, 2);
    const second = ownRows(parts.L6, 'train', 1, 2);
    expect(first.length).toBe(12 * 120);
    expect(second.length).toBe(12 * 120);
    expect(new Set([...first, ...second]).size).toBe(24 * 120);
  });

  it('trains a network for each size and seed and says how it goes', () => {
    expect([...run.saved.keys()]).toEqual(['L6-1', 'L6-2', 'L8-1', 'L8-2']);
    expect(
      run.lines.every(({ loss, validationLoss }) => Number.isFinite(loss) && Number.isFinite(validationLoss)),
    ).toBe(true);
    expect(domain.primaryModel(run.models.ids)).toBe('L8-1');
  });

  it('reports the critical temperature near the exact one, and accuracy under the exact bound', () => {
    const byId = Object.fromEntries(evaluation.figures.map((figure) => [figure.id, figure]));
    const tc = byId['critical-temperature-square'];
    expect(tc.exact).toBeCloseTo(2.269185314213022, 12);
    // A few seconds of training on the smallest lattices: the order of magnitude is what is tested here.
    expect(Math.abs(tc.value - tc.exact!)).toBeLessThan(0.15);
    expect(tc.low).toBeLessThan(tc.value);
    expect(tc.high).toBeGreaterThan(tc.value);
    for (const size of [6, 8]) {
      const { value, low, baselines } = byId[`accuracy-fully-connected-l${size}`];
      const bound = baselines!.find(({ id }) => id === 'bayes-bound')!.value;
      const logistic = baselines!.find(({ id }) => id === 'logistic')!;
      expect(low).toBeLessThan(bound);
      // The rule that the bound is made of, on lattices: the same but for their number, 1,440 at the least.
      const energy = baselines!.find(({ id }) => id === 'energy')!;
      expect(energy.low).toBeLessThan(bound);
      expect(energy.high).toBeGreaterThan(bound);
      expect(value).toBeGreaterThan(0.8);
      expect(logistic.value).toBeLessThan(0.65);
    }
  });

  it('draws every plot', async () => {
    const plots = await domain.figures(evaluation, tiny);
    expect(plots.map(({ id }) => id)).toEqual([
      'outputs',
      'crossing',
      'finite-size-scaling',
      'collapse',
      'accuracy',
      'hidden-units',
      'lattices',
      'toy-model',
      'triangular-crossing',
    ]);
  });

  const ask = async (request: unknown) => {
    const parsed = domain.predict.request.parse(request);
    const { models, inputs, context } = await domain.predict.decode(parsed, run.models, tiny);
    const outputs: Record<string, TensorData>[] = [];
    for (const id of models) outputs.push(await run.models.run(id, inputs));
    return domain.predict.answer.parse(domain.predict.encode(outputs, parsed, tiny, context));
  };

  it('tells an ordered lattice from a disordered one, whatever the sign and the convention', async () => {
    const up = Array.from({ length: 8 }, () => Array(8).fill(1));
    const down = up.map((row) => row.map(() => -1));
    const zero = up.map((row) => row.map(() => 0));
    const random = new RandomStream(4);
    const noise = up.map((row) => row.map(() => random.integer(2)));
    expect((await ask({ spins: up })).phase).toBe('ordered');
    const answer = await ask({ spins: down, name: 'down' });
    expect(answer).toMatchObject({
      phase: 'ordered',
      name: 'down',
      networks: 2,
      magnetisation: -1,
      energyPerSpin: -2,
    });
    expect((await ask({ spins: zero })).probability).toBe(answer.probability);
    expect((await ask({ spins: noise })).phase).toBe('disordered');
  });

  it.each([
    [
      Array.from({ length: 7 }, () => Array(7).fill(1)),
      /no network for lattices of 7 x 7; this run has 6 x 6, 8 x 8; train one with --set sizes=\[7\]/,
    ],
    [
      [
        [1, 1, 1],
        [1, 1],
        [1, 1, 1],
      ],
      /row 2 has 2 spins, expected 3; give a square lattice/,
    ],
    [
      [
        [1, -1],
        [0, 1],
      ],
      /both -1 and 0 among the spins/,
    ],
  ])('refuses %j in one line', async (spins, message) => {
    await expect(ask({ spins })).rejects.toThrow(message);
    await expect(ask({ spins })).rejects.toThrow(UserError);
  });

  it('reads lattices from a file for prediction', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'deepfield-predict-')), 'lattices_T2.1.npy');
    await writeFile(path, writeNpy({ shape: [3, 8, 8], data: new Int8Array(192).fill(1) }));
    const requests = await domain.predict.read(path);
    expect(requests).toHaveLength(3);
    expect(requests[2].temperature).toBe(2.1);
    expect((await ask(requests[2])).phase).toBe('ordered');
  });

  it('evaluates on lattices of others, and says which sizes it has no network for', async () => {
    const other = await domain.simulate(contextOf(phasesConfig.parse({ ...tiny, sizes: [10] }), 2));
    const attempt = domain.evaluate(other, { ...contextOf(tiny), models: run.models });
    await expect(attempt).rejects.toThrow(
      'the lattices are of size 10, the networks take 6, 8; train networks for them: --set sizes=[10]',
    );
  });
});

describe('configuration', () => {
  it.each([
    [{ sizes: [7] }, /multiple of 2/],
    [{ sizes: [] }, /Too small/],
    [{ training: { learningRate: 0 } }, />0/],
    [{ source: { training: 0.9, test: 0.9 } }, /add up to more than 1/],
    [{ nonsense: 1 }, /nrecognized key/],
  ])('%j is refused', (config, message) => {
    expect(() => phasesConfig.parse(config)).toThrow(message);
  });

  it('has valid presets', () => {
    for (const preset of Object.values(presets)) expect(() => phasesConfig.parse(preset)).not.toThrow();
  });
});

const shared = fileURLToPath(new URL('../../../../shared/data/phases-of-matter', import.meta.url));
const real = join(shared, 'ben9871/data_lattice_new10.npz');

it.skipIf(!existsSync(real))(
  `learns from configurations that others sampled${existsSync(real) ? '' : ' (skipped: ../shared/data/phases-of-matter is not here)'}`,
  async () => {
    const config = phasesConfig.parse({
      training: { networks: 1, steps: 300 },
      bootstrap: 100,
      baselines: { logisticSteps: 20 },
    });
    const parts = await domain.open(real, { ...contextOf(config), purpose: 'training' });
    expect(splitNames.map((name) => parts.L10.splits[name].length)).toEqual([18_200, 2_600, 5_200]);
    const { models } = await trained(parts, config);
    const { figures } = await domain.evaluate(parts, { ...contextOf(config), models });
    const accuracy = figures.find(({ id }) => id === 'accuracy-fully-connected-l10')!;
    const bound = accuracy.baselines!.find(({ id }) => id === 'bayes-bound')!.value;
    // SOURCES.md of the data: exact Bayes bound .9399 on all of it; a fifth of it differs by its sampling error of .003.
    expect(bound).toBeCloseTo(0.9399, 2);
    // The author's recipe reaches .9267 with more training; within .02 of the bound is what 300 steps give.
    expect(accuracy.value).toBeGreaterThan(bound - 0.03);
    expect(accuracy.low).toBeLessThan(bound);
  },
);
