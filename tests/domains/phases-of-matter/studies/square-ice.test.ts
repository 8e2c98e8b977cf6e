// The study of square ice at a size that takes seconds.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Evaluation } from '../../../../domains/domain.ts';
import { vertexCharges } from '../../../../domains/phases-of-matter/bonds/vertices.ts';
import { phasesConfig } from '../../../../domains/phases-of-matter/config.ts';
import { domain } from '../../../../domains/phases-of-matter/index.ts';
import { sizeOfNetwork } from '../../../../domains/phases-of-matter/parts.ts';
import { TinyRun } from './tiny-run.ts';

const tiny = phasesConfig.parse({
  studies: ['square-ice'],
  squareIce: {
    size: 4,
    networks: 2,
    training: 2000,
    validation: 100,
    test: 300,
    steps: 500,
    batchSize: 64,
    learningRate: 0.02,
    evaluations: 10,
  },
  baselines: { logisticSteps: 40 },
});

describe('a tiny run', () => {
  let run: TinyRun;
  let evaluation: Evaluation;
  beforeAll(async () => {
    run = await TinyRun.sample(tiny);
    await run.train();
    evaluation = await run.evaluate();
  }, 120_000);

  it('samples ground states and lattices of infinite temperature in equal numbers', () => {
    const { 'square-ice': ice, ...others } = run.parts;
    expect(others).toEqual({});
    expect(ice.column('spins').shape).toEqual([4, 4, 2]);
    expect(ice.splits.train.length).toBe(2 * 2 * 2000);
    const { spins, temperature } = ice.take(ice.splits.test).columns;
    const violations = Array.from(
      temperature.data,
      (_, row) =>
        vertexCharges(spins.data.subarray(row * 32, (row + 1) * 32), 4).filter((q) => q !== 0).length,
    );
    expect(violations.filter((_, row) => temperature.data[row] === 0)).toEqual(Array(300).fill(0));
    expect(temperature.data.filter((t) => t === Number.POSITIVE_INFINITY).length).toBe(300);
  });

  it('trains networks that the square lattice does not take for its own', async () => {
    expect([...run.saved.keys()]).toEqual(['square-ice-1', 'square-ice-2']);
    expect([...run.saved.keys()].map(sizeOfNetwork)).toEqual([Number.NaN, Number.NaN]);
    expect(domain.primaryModel([...run.saved.keys()])).toBe('square-ice-1');
    const spins: (-1 | 1)[][] = [
      [1, -1],
      [1, 1],
    ];
    await expect(
      domain.predict.decode(
        { spins },
        { ids: [...run.saved.keys()], metadata: async () => ({}), run: () => Promise.reject() },
        tiny,
      ),
    ).rejects.toThrow('no network for lattices of 2 x 2; this run has none');
  });

  it('records losses and validation accuracy', () => {
    expect(run.lines.filter(({ model }) => model === 'square-ice-2')).toHaveLength(10);
    expect(
      run.lines.every(({ loss, validationAccuracy }) => Number(loss) > 0 && Number(validationAccuracy) > 0),
    ).toBe(true);
  });

  it('learns the rule, which no linear classifier does', () => {
    const [figure, ...more] = evaluation.figures;
    expect(more).toEqual([]);
    expect(figure.id).toBe('accuracy-square-ice');
    expect(figure.n).toBe(600);
    const by = Object.fromEntries(figure.baselines!.map(({ id, value }) => [id, value]));
    // Measured .997; .9 is far above the .5 of chance and leaves room for another seed.
    expect(figure.value).toBeGreaterThan(0.9);
    expect(figure.low).toBeLessThan(figure.value);
    expect(by['vertex-rule']).toBe(1);
    // 2,970 ground states among 2^32: half of that is what even the rule gets wrong.
    expect(by['bayes-bound']).toBeCloseTo(1 - 2970 / 2 ** 33, 14);
    expect(by.logistic).toBeLessThan(0.65);
  });

  it('draws its lattices', async () => {
    const plots = await domain.figures(JSON.parse(JSON.stringify(evaluation)), tiny);
    expect(plots.map(({ id }) => id)).toEqual(['square-ice-lattices']);
  });

  it('goes on where it was stopped, to the same bits', async () => {
    const stopped = await TinyRun.sample(tiny);
    await expect(stopped.train(({ step }) => Number(step) >= 200)).rejects.toThrow('stopped');
    expect(stopped.saved.size).toBe(0);
    await stopped.train();
    expect(stopped.saved.get('square-ice-1')!.onnx).toEqual(run.saved.get('square-ice-1')!.onnx);
    const steps = (lines: TinyRun['lines']) => lines.map(({ model, step }) => `${model} ${step}`);
    expect(steps(stopped.lines)).toEqual(steps(run.lines));
  });
});

describe('settings', () => {
  it.each([[{ size: 5 }], [{ size: 0 }], [{ training: 0 }], [{ nonsense: 1 }]])(
    '%j are refused',
    (squareIce) => {
      expect(() => phasesConfig.parse({ squareIce })).toThrow();
    },
  );
});
