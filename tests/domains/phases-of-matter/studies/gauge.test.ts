// The study of the gauge theory at a size that takes seconds.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Evaluation } from '../../../../domains/domain.ts';
import { phasesConfig, presets } from '../../../../domains/phases-of-matter/config.ts';
import { domain } from '../../../../domains/phases-of-matter/index.ts';
import { type MetricsLine, TinyRun } from './tiny-run.ts';

const tiny = phasesConfig.parse({
  studies: ['gauge'],
  gauge: {
    size: 4,
    training: 2000,
    validation: 100,
    test: 300,
    fullyConnected: { steps: 60, batchSize: 100, evaluations: 3 },
    convolutional: {
      filters: 16,
      hiddenUnits: 16,
      dropout: 0.2,
      steps: 600,
      batchSize: 100,
      learningRate: 0.005,
      evaluations: 6,
    },
    flips: [0, 1, 4, 40],
  },
});

describe('a tiny run', () => {
  let run: TinyRun;
  let evaluation: Evaluation;
  beforeAll(async () => {
    run = await TinyRun.sample(tiny);
    await run.train();
    evaluation = await run.evaluate();
  }, 120_000);

  it('trains a network of each kind', () => {
    expect([...run.saved.keys()]).toEqual(['gauge-fc-1', 'gauge-cnn-1']);
    expect(run.lines.filter(({ model }) => model === 'gauge-cnn-1')).toHaveLength(6);
  });

  it('has raw spins in and both phases out', async () => {
    const { run: ask } = await run.models();
    const spins = { dtype: 'int32', shape: [3, 4, 4, 2], data: new Int32Array(96).fill(1) } as const;
    const { phase } = await ask('gauge-cnn-1', { spins });
    expect(phase.shape).toEqual([3, 2]);
    // Probabilities of a softmax, in single precision.
    expect(phase.data[0] + phase.data[1]).toBeCloseTo(1, 6);
  });

  it('goes on where it was stopped, to the same bits, dropout included', async () => {
    const stopped = await TinyRun.sample(tiny);
    const late = ({ model, step }: MetricsLine) => model === 'gauge-cnn-1' && Number(step) >= 200;
    await expect(stopped.train(late)).rejects.toThrow('stopped');
    expect([...stopped.saved.keys()]).toEqual(['gauge-fc-1']);
    await stopped.train();
    expect(stopped.saved.get('gauge-cnn-1')!.onnx).toEqual(run.saved.get('gauge-cnn-1')!.onnx);
  });

  it('reports the convolutional network above the fully connected one, and the toy network as exact', () => {
    const byId = Object.fromEntries(evaluation.figures.map((figure) => [figure.id, figure]));
    // m = 8 does not fit into L = 4.
    expect(Object.keys(byId)).toEqual([
      'accuracy-fully-connected-gauge',
      'accuracy-convolutional-gauge',
      'accuracy-convolutional-gauge-flipped-every-2',
      'ground-states-convolutional-gauge-stitched',
      'accuracy-toy-network-gauge',
    ]);
    // Chance, and 60 steps: 5 standard deviations of 600 lattices are 0.1.
    expect(Math.abs(byId['accuracy-fully-connected-gauge'].value - 0.5)).toBeLessThan(0.1);
    // Measured .997; .9 is far above chance and leaves room for another seed.
    expect(byId['accuracy-convolutional-gauge'].value).toBeGreaterThan(0.9);
    const toy = byId['accuracy-toy-network-gauge'];
    // One of 2^15 lattices of infinite temperature violates nothing.
    expect(toy.exact).toBeCloseTo(1 - 2 ** -16, 14);
    expect(toy.value).toBeGreaterThan(1 - 5 / 600);
    expect(toy.low).toBeLessThan(toy.exact!);
    expect(toy.high).toBeGreaterThanOrEqual(toy.exact!);
    expect(byId['accuracy-convolutional-gauge-flipped-every-2'].note).toContain(
      '100.0 % of their plaquettes',
    );
  });

  it('asks what spoiled ground states are called, and draws it', async () => {
    const { doses } = (evaluation.curves.gauge ?? {}) as {
      doses: { classifier: string; flips: number; value: number }[];
    };
    const toy = doses.filter(({ classifier }) => classifier.includes('toy'));
    // 40 flips do not fit into 32 bonds; one flip is always seen, four only where they make no closed loop.
    expect(toy.map(({ flips }) => flips)).toEqual([0, 1, 4]);
    expect(toy.slice(0, 2).map(({ value }) => value)).toEqual([1, 0]);
    const plots = await domain.figures(JSON.parse(JSON.stringify(evaluation)), tiny);
    expect(plots.map(({ id }) => id)).toEqual(['gauge-lattices', 'gauge-flipped-bonds']);
  });
});

describe('presets', () => {
  it("have the author's convolutional recipe, without early stopping, wherever the study is made", () => {
    for (const preset of [presets.standard, presets.paper]) {
      const { studies, gauge } = phasesConfig.parse(preset);
      expect(studies).toContain('gauge');
      expect(gauge).toMatchObject({
        size: 16,
        training: 10_000,
        convolutional: {
          filters: 64,
          hiddenUnits: 64,
          dropout: 0.5,
          steps: 4000,
          batchSize: 200,
          learningRate: 1e-4,
        },
      });
    }
    expect(phasesConfig.parse(presets.quick).studies).not.toContain('gauge');
  });
});
