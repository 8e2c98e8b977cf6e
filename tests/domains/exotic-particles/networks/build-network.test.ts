import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../../core/engine/devices.ts';
import { InferenceModel } from '../../../../core/engine/inference.ts';
import { namedWeights } from '../../../../core/models/named-weights.ts';
import { RandomStream } from '../../../../core/random.ts';
import { type BatchSource, rowSource } from '../../../../core/training/batch-source.ts';
import { fit, type HistoryEntry } from '../../../../core/training/fit.ts';
import { ColumnStatistics } from '../../../../data-adapters/stored/column-statistics.ts';
import { susyColumns } from '../../../../domains/exotic-particles/features/uci-units.ts';
import type { Architecture } from '../../../../domains/exotic-particles/networks/architecture.ts';
import { architectures } from '../../../../domains/exotic-particles/networks/architectures.ts';
import {
  buildNetwork,
  type CollisionNetworkOptions,
} from '../../../../domains/exotic-particles/networks/build-network.ts';
import { featuresInput, signalOutput } from '../../../../domains/exotic-particles/networks/names.ts';
import { collisionMetrics } from '../../../../domains/exotic-particles/networks/objective.ts';
import { paperNetwork } from '../../../../domains/exotic-particles/networks/paper-network.ts';
import { parameterisedSource } from '../../../../domains/exotic-particles/networks/parameterised-source.ts';
import { particleLayout } from '../../../../domains/exotic-particles/networks/particles.ts';
import {
  adamRecipe,
  paperRecipe,
  type Recipe,
} from '../../../../domains/exotic-particles/networks/recipes.ts';
import { standardNetwork } from '../../../../domains/exotic-particles/networks/standard-network.ts';
import { standardisation } from '../../../../domains/exotic-particles/networks/standardisation.ts';

/** Toy events of some columns: the sign of x0 + x1 x2 decides, the other columns are noise. */
function toyEvents(count: number, columns: number, seed: string) {
  const random = new RandomStream(seed);
  const features = Float32Array.from({ length: count * columns }, () => 2 + 3 * random.normal());
  const label = Float32Array.from({ length: count }, (_, row) => {
    const [a, b, c] = features.subarray(row * columns).map((value) => (value - 2) / 3);
    return a + b * c > 0 ? 1 : 0;
  });
  return { features, label, columns };
}

type Events = ReturnType<typeof toyEvents> & { weight?: Float32Array };

const scalingsOf = ({ features, columns }: Events) =>
  standardisation('z-score', new ColumnStatistics(columns).add(features).finish());

const sourceOf = ({ features, label, weight, columns }: Events, shuffle?: RandomStream): BatchSource =>
  rowSource({
    rows: label.map((_, i) => i),
    gather: (rows) => ({
      [featuresInput]: Float32Array.from(
        { length: rows.length * columns },
        (_, i) => features[rows[Math.floor(i / columns)] * columns + (i % columns)],
      ),
      label: Float32Array.from(rows, (row) => label[row]),
      ...(weight ? { weight: Float32Array.from(rows, (row) => weight[row]) } : {}),
    }),
    shuffle,
  });

const events = toyEvents(1000, 5, 'toy');
const small = standardNetwork({ width: 16, blocks: 1, dropout: 0.1, members: 2, bins: 4 });

const networkOf = (architecture: Architecture, overrides: Partial<CollisionNetworkOptions> = {}) =>
  buildNetwork({
    columns: 5,
    from: 0,
    to: 5,
    standardisation: scalingsOf(events),
    architecture,
    sample: events.features,
    random: new RandomStream('weights'),
    ...overrides,
  });

async function train(
  architecture: Architecture,
  recipe: Recipe,
  overrides: Partial<CollisionNetworkOptions> = {},
) {
  const network = networkOf(architecture, { l2: recipe.l2, ...overrides });
  const engine = await openEngine('cpu', { threads: 1 });
  const history: HistoryEntry[] = [];
  const { l2: _, ...learning } = recipe;
  await fit({
    engine,
    model: network.model,
    objective: network.objective,
    inputs: network.inputs,
    train: sourceOf(events, new RandomStream('order')),
    validation: sourceOf(toyEvents(500, 5, 'validation')),
    rowMetrics: collisionMetrics,
    ...learning,
    onHistory: (entry) => history.push(entry),
  });
  await engine.dispose();
  return { network, validation: history.map((entry) => entry.validation!) };
}

async function signalOf(onnx: Uint8Array, features: Float32Array, columns: number) {
  const model = await InferenceModel.open(onnx, 'test', 1);
  const shape = [features.length / columns, columns];
  const { [signalOutput]: signal } = await model.run({
    [featuresInput]: { dtype: 'float32', shape, data: features },
  });
  await model.dispose();
  return { shape: signal.shape, values: Array.from(signal.data as Float32Array) };
}

describe('collision networks', () => {
  it('have the layers of the paper', () => {
    const parameters = (architecture: Architecture): number =>
      Object.values(
        namedWeights(
          buildNetwork({
            columns: 28,
            from: 0,
            to: 28,
            standardisation: new Array(28).fill({ shift: 0, scale: 1 }),
            architecture,
            random: new RandomStream(1),
          }).model,
        ),
      ).reduce((sum, { size }) => sum + size, 0);
    expect(parameters(architectures.logistic)).toBe(28 + 1);
    expect(parameters(architectures.shallow)).toBe(29 * 300 + 301);
    expect(parameters(architectures.deep)).toBe(29 * 300 + 3 * 301 * 300 + 301);
  });

  it("start as the paper's: normal weights of 0.1, 0.05 and 0.001, biases 0", () => {
    const weights = namedWeights(networkOf(architectures.deep).model);
    const deviation = (name: string): number => {
      const values = weights[name].dataSync() as Float32Array;
      return Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
    };
    // Sampling errors of 1 / sqrt(2 n): 2 % of 1,500, 0.2 % of 90,000 and 4 % of 300 weights.
    expect(deviation('hidden1/kernel')).toBeCloseTo(0.1, 2);
    expect(deviation('hidden3/kernel')).toBeCloseTo(0.05, 3);
    expect(deviation('output/kernel')).toBeCloseTo(0.001, 3);
    expect(deviation('hidden2/bias')).toBe(0);
  });

  it.each(Object.entries({ ...architectures, small }))(
    'see their own columns only, and answer alike from the model file: %s',
    async (_name, architecture) => {
      const network = networkOf(architecture, { from: 1, to: 4 });
      const features = toyEvents(9, 5, 'some').features;
      const { shape, values } = await signalOf(network.exportOnnx(), features, 5);
      expect(shape).toEqual([9, 1]);
      const logits = (network.model.apply(tensor2d(features, [9, 5])) as Tensor).arraySync() as number[][];
      logits.forEach((members, row) => {
        const mean = members.reduce((a, b) => a + b, 0) / members.length;
        // float32, in another order.
        expect(values[row]).toBeCloseTo(1 / (1 + Math.exp(-mean)), 5);
      });
      const others = features.map((value, i) => (i % 5 === 0 || i % 5 === 4 ? value + 7 : value));
      expect((await signalOf(network.exportOnnx(), others, 5)).values).toEqual(values);
      const own = features.map((value, i) => (i % 5 === 1 ? value + 7 : value));
      expect((await signalOf(network.exportOnnx(), own, 5)).values).not.toEqual(values);
    },
  );

  it('encode numbers piecewise where particles are seen, and only there', () => {
    const encoded = (options: Partial<CollisionNetworkOptions>): boolean =>
      networkOf(small, options).model.layers.some(({ name }) => name === 'bins');
    const features = Float32Array.from({ length: 20 * 18 }, (_, i) => 0.2 + (i % 7) / 7);
    const susy = {
      columns: 18,
      to: 18,
      standardisation: new Array(18).fill({ shift: 0, scale: 1 }),
      particles: particleLayout(susyColumns),
      sample: features,
    };
    expect(encoded(susy)).toBe(true);
    expect(encoded({ ...susy, sample: undefined })).toBe(false);
    expect(encoded({ ...susy, from: 8 })).toBe(false);
    expect(encoded({})).toBe(false);
  });

  it('see particles by their invariants where the range holds all of them', async () => {
    const random = new RandomStream('rows');
    const features = Float32Array.from({ length: 4 * 18 }, () => 0.2 + random.uniform());
    const turned = features.slice();
    for (let row = 0; row < 4; row++)
      for (const c of [2, 5, 7]) turned[row * 18 + c] += 1 / susyColumns[c].scale;
    const build = (to: number) =>
      buildNetwork({
        columns: 18,
        from: 0,
        to,
        standardisation: new Array(18).fill({ shift: 0, scale: 1 }),
        architecture: small,
        particles: particleLayout(susyColumns),
        sample: features,
        random: new RandomStream(1),
      }).exportOnnx();
    for (const to of [8, 18]) {
      const before = (await signalOf(build(to), features, 18)).values;
      const after = (await signalOf(build(to), turned, 18)).values;
      after.forEach((value, i) => {
        expect(value).toBeCloseTo(before[i], 4);
      });
    }
    // Without the missing momentum the columns are taken as they stand.
    const [plain, plainTurned] = [features, turned].map((x) => signalOf(build(7), x, 18));
    expect((await plain).values).not.toEqual((await plainTurned).values);
  });

  it('learn, the same from the same seeds', async () => {
    const recipe = adamRecipe({ epochs: 8, batchSize: 64, learningRate: 0.01 });
    const first = await train(small, recipe);
    const [start, end] = [first.validation[0], first.validation.at(-1)!];
    // Chance is AUC 0.5; a linear model reaches 0.75 or so, since half of the information is in a product.
    expect(end.auc).toBeGreaterThan(0.9);
    expect(end.crossEntropy).toBeLessThan(start.crossEntropy);
    const again = await train(small, recipe);
    expect(again.validation).toEqual(first.validation);
  });

  it("learn by the paper's recipe, whose loss holds the penalty", async () => {
    const recipe = { ...paperRecipe({ epochs: 3 }), batchSize: 100 };
    const { validation, network } = await train(paperNetwork({ hidden: [20], topDropout: 0.5 }), recipe);
    const kernels = Object.entries(namedWeights(network.model)).filter(([name]) => name.endsWith('kernel'));
    const squares = kernels
      .map(([, variable]) => (variable.dataSync() as Float32Array).reduce((sum, w) => sum + w * w, 0))
      .reduce((a, b) => a + b, 0);
    const best = validation.reduce((least, entry) => (entry.loss < least.loss ? entry : least));
    expect(best.loss - best.crossEntropy).toBeCloseTo(1e-5 * squares, 6);
    expect(best.auc).toBeGreaterThan(0.6);
  });

  it('count every event by its weight', async () => {
    // Half of the events have the wrong label and no weight.
    const label = events.label.map((y, i) => (i % 2 === 0 ? 1 - y : y));
    const weight = events.label.map((_, i) => i % 2);
    const source = sourceOf({ ...events, label, weight }, new RandomStream('order'));
    const network = networkOf(small);
    const engine = await openEngine('cpu', { threads: 1 });
    const history: HistoryEntry[] = [];
    const {
      l2: _,
      earlyStopping: __,
      ...learning
    } = adamRecipe({ epochs: 10, batchSize: 64, learningRate: 0.01 });
    await fit({
      engine,
      model: network.model,
      objective: network.objective,
      inputs: network.inputs,
      train: source,
      validation: sourceOf(toyEvents(500, 5, 'validation')),
      rowMetrics: collisionMetrics,
      ...learning,
      onHistory: (entry) => history.push(entry),
    });
    await engine.dispose();
    expect(history.at(-1)!.validation!.auc).toBeGreaterThan(0.85);
  });

  it('refuse scalings that are not one for each column', () => {
    expect(() => networkOf(small, { columns: 6 })).toThrow('expected 6 scalings, got 5');
    expect(() => networkOf(small, { from: 3, to: 3 })).toThrow();
  });
});

describe('a parameterised network', () => {
  // Signal lies at its mass with width 0.3, background everywhere: column 0 the measured mass, column 1 the theory's.
  const masses = [1, 2, 3];
  const random = new RandomStream('masses');
  const count = 3000;
  const label = Float32Array.from({ length: count }, (_, i) => i % 2);
  const features = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    const mass = masses[random.integer(3)];
    features[2 * i] = label[i] === 1 ? mass + 0.3 * random.normal() : 4 * random.uniform();
    features[2 * i + 1] = label[i] === 1 ? mass : -99;
  }
  const parameters = Float32Array.from({ length: count / 2 }, (_, i) => features[2 * (2 * i + 1) + 1]);
  const source = parameterisedSource(sourceOf({ features, label, columns: 2 }, new RandomStream('order')), {
    columns: 2,
    parameter: 1,
    values: parameters,
    random: new RandomStream('parameters'),
  });

  it("draws the background's parameter from the signal's, anew in every pass and the same after a resume", async () => {
    const passOf = async (epoch: number, skip: number) => {
      const batches = [];
      for await (const { inputs } of source.epoch({ epoch, batchSize: 100, skip })) batches.push(inputs);
      return batches;
    };
    const first = await passOf(0, 0);
    const drawn = first.flatMap(({ [featuresInput]: x, label: y }) =>
      Array.from(y).flatMap((value, row) => (value === 0 ? [x[2 * row + 1]] : [])),
    );
    expect(new Set(drawn)).toEqual(new Set(masses));
    // A third each, standard error 0.012.
    expect(drawn.filter((mass) => mass === 2).length / drawn.length).toBeCloseTo(1 / 3, 1);
    expect(await passOf(0, 20)).toEqual(first.slice(20));
    expect(await passOf(1, 0)).not.toEqual(first);
  });

  it('serves masses between those it was trained on', async () => {
    const network = buildNetwork({
      columns: 2,
      from: 0,
      to: 1,
      parameter: 1,
      standardisation: [
        { shift: 2, scale: 1 },
        { shift: 2, scale: 1 },
      ],
      architecture: standardNetwork({ width: 24, blocks: 2, dropout: 0 }),
      random: new RandomStream('weights'),
    });
    const engine = await openEngine('cpu', { threads: 1 });
    const {
      l2: _,
      earlyStopping: __,
      ...learning
    } = adamRecipe({ epochs: 10, batchSize: 100, learningRate: 0.01 });
    await fit({ engine, ...network, train: source, ...learning });
    await engine.dispose();
    const at = (x: number, mass: number): number[] => [x, mass];
    const grid = [at(1.5, 1.5), at(2.5, 1.5), at(2.5, 2.5), at(1.5, 2.5), at(1, 1), at(1, 3)];
    const { values } = await signalOf(network.exportOnnx(), Float32Array.from(grid.flat()), 2);
    const [own, away, ownToo, awayToo, trained, other] = values;
    expect(own).toBeGreaterThan(away + 0.2);
    expect(ownToo).toBeGreaterThan(awayToo + 0.2);
    expect(trained).toBeGreaterThan(other + 0.5);
  });

  it('refuses a column that is not there, and no values', () => {
    const options = { columns: 2, parameter: 1, values: masses, random };
    expect(() => parameterisedSource(source, { ...options, parameter: 2 })).toThrow('no column 2 of 2');
    expect(() => parameterisedSource(source, { ...options, values: [] })).toThrow(
      'no values of signal events',
    );
  });
});
