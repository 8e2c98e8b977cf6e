import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../../core/engine/devices.ts';
import { InferenceModel } from '../../../../core/engine/inference.ts';
import { namedWeights, trainableWeights } from '../../../../core/models/named-weights.ts';
import { RandomStream } from '../../../../core/random.ts';
import { adam } from '../../../../core/training/optimizers/adam.ts';
import { trainingStep } from '../../../../core/training/training-step.ts';
import { galaxiesConfig } from '../../../../domains/galaxies/config.ts';
import { targetInput, truthInput } from '../../../../domains/galaxies/networks/names.ts';
import {
  type NetworkRow,
  networkRow,
  stackRows,
} from '../../../../domains/galaxies/networks/network-inputs.ts';
import {
  exportRestoration,
  restorationInputs,
  restorationObjective,
  restorationUNet,
  sidesMultiple,
  trainingInputs,
} from '../../../../domains/galaxies/networks/restoration.ts';
import { restorationSource } from '../../../../domains/galaxies/networks/training-source.ts';
import { paperSigma, sampledGaussianPsf } from '../../../../domains/galaxies/psf/sampled-gaussian.ts';
import { clipHigh, clipLow, smoothStretch, unstretch } from '../../../../domains/galaxies/stretch.ts';
import { sky } from '../skies.ts';

const network = { widths: [4, 6], blocks: 1 };
const side = 16;
const pixels = side * side;

/** A galaxy of one row, with noises and a seeing of its own. */
function row(i: number): NetworkRow {
  const lights = [{ x: 7 + i, y: 8 - i, height: 1 + i, sigma: 2 }];
  const seeing = 3 + i;
  return networkRow({
    image: sky({ width: side, height: side, noise: 0.05, lights, seed: i }),
    psf: sampledGaussianPsf(paperSigma(seeing, 1)),
    seeing,
    noise: [0.05, 0.08 + 0.1 * i, 0.1],
  });
}

/** A network whose every weight is drawn at random: new ones answer zero. */
function drawn() {
  const random = new RandomStream('drawn');
  const model = restorationUNet(network, random);
  for (const weight of Object.values(namedWeights(model))) {
    const values = Float32Array.from({ length: weight.size }, () => 0.1 * random.normal());
    weight.assign(tf.tensor(values, weight.shape));
  }
  return model;
}

/** What the network is to be shown, and what its answer means, pixel by pixel, as the head of restoration.ts says. */
function reference(model: ReturnType<typeof drawn>, rows: readonly NetworkRow[]) {
  const seen = new Float32Array(rows.length * pixels * 13);
  rows.forEach((own, i) => {
    for (let p = 0; p < pixels; p++) {
      const at = (i * pixels + p) * 13;
      ['smoothed', 'wiener', 'degraded'].forEach((name, k) => {
        for (let band = 0; band < 3; band++)
          seen[at + 3 * k + band] = smoothStretch(own[name][band * pixels + p]);
      });
      for (let band = 0; band < 3; band++) seen[at + 9 + band] = Math.log(own.noise[band] / 0.1);
      seen[at + 12] = (own.seeing[0] - 4) / 4;
    }
  });
  const answer = (model.predict(tf.tensor(seen, [rows.length, side, side, 13])) as tf.Tensor).dataSync();
  const restored = new Float64Array(rows.length * 3 * pixels);
  const deviation = new Float64Array(restored.length);
  rows.forEach((own, i) => {
    for (let p = 0; p < pixels; p++) {
      for (let band = 0; band < 3; band++) {
        const at = (i * 3 + band) * pixels + p;
        const [correction, logVariance] = [0, 3].map((k) => answer[(i * pixels + p) * 6 + k + band]);
        const value = smoothStretch(own.smoothed[band * pixels + p]) + correction;
        restored[at] = unstretch(value);
        // d flux / d value = 3 (4.1 / 10) cosh(3 value)
        const slope = 0.3 * (clipHigh - clipLow) * Math.cosh(3 * value);
        deviation[at] = 0.02 * Math.exp(logVariance / 2) * slope;
      }
    }
  });
  return { restored, deviation };
}

const feedsOf = (rows: readonly NetworkRow[]) => {
  const specs = restorationInputs(side);
  return Object.fromEntries(
    Object.entries(stackRows(rows)).map(([name, data]) => [
      name,
      { dtype: 'float32' as const, shape: [rows.length, ...specs[name].shape], data },
    ]),
  );
};

describe('the model file', () => {
  it('answers as the network does, with deviations that are positive and scaled', async () => {
    const model = drawn();
    const bytes = exportRestoration(model, side, {
      name: 'restoration',
      deviationScale: { offset: 0.2, slope: -0.3 },
    });
    const opened = await InferenceModel.open(bytes, 'restoration', 1);
    expect(opened.inputs.map(({ name, shape }) => [name, shape]).sort()).toEqual([
      ['degraded', [-1, 3, side, side]],
      ['noise', [-1, 3]],
      ['seeing', [-1, 1]],
      ['smoothed', [-1, 3, side, side]],
      ['wiener', [-1, 3, side, side]],
    ]);
    for (const rows of [[row(0)], [row(0), row(1), row(2)]]) {
      const { restored, deviation } = await opened.run(feedsOf(rows));
      const expected = reference(model, rows);
      expect(restored.shape).toEqual([rows.length, 3, side, side]);
      expected.restored.forEach((value, i) => {
        // float32: sums of some hundred terms, 1e-6 in the stretch, times its slope of up to 10.
        expect(Math.abs(restored.data[i] - value)).toBeLessThan(2e-5 * (1 + Math.abs(value)));
        // exp(offset + slope log(noise / 0.1))
        const level = rows[Math.floor(i / (3 * pixels))].noise[Math.floor(i / pixels) % 3];
        const scale = Math.exp(0.2) * (level / 0.1) ** -0.3;
        expect(Math.abs(deviation.data[i] / (scale * expected.deviation[i]) - 1)).toBeLessThan(1e-4);
        expect(deviation.data[i]).toBeGreaterThan(0);
      });
    }
    await opened.dispose();
    model.dispose();
  });

  it('says what goes in and what comes out', async () => {
    const model = restorationUNet(network, new RandomStream(1));
    const bytes = exportRestoration(model, side, {
      name: 'restoration',
      deviationScale: { offset: 0, slope: 0 },
    });
    const opened = await InferenceModel.open(bytes, 'restoration', 1);
    expect(Object.keys(opened.metadata).sort()).toEqual(
      ['degraded', 'deviation', 'noise', 'restored', 'seeing', 'smoothed', 'wiener'].sort(),
    );
    expect(opened.metadata.deviation).toContain('68 %');
    expect(opened.metadata.degraded).toContain(`[rows, 3, ${side}, ${side}]`);
    // A network that has learnt nothing answers with the smoothed image.
    const shown = row(1);
    const { restored } = await opened.run(feedsOf([shown]));
    shown.smoothed.forEach((value, i) => {
      // asinh and sinh in float32.
      expect(Math.abs(restored.data[i] - value)).toBeLessThan(2e-6 * (1 + Math.abs(value)));
    });
    await opened.dispose();
    model.dispose();
  });
});

describe('the objective', () => {
  it('is 100 times the squared error in the stretch and a thousandth of the distance of the variances', () => {
    const model = drawn();
    const rows = [row(0), row(2)];
    const flat = (level: number) =>
      rows.map((_, i) => sky({ width: side, height: side, noise: 0, level: level + i }).data);
    const [target, truth] = [flat(0.3), flat(0.25)];
    const inputs = Object.fromEntries(
      Object.entries(feedsOf(rows)).map(([name, { data, shape }]) => [name, tf.tensor(data, shape)]),
    );
    for (const [name, images] of [
      [targetInput, target],
      [truthInput, truth],
    ] as const) {
      inputs[name] = tf.tensor(Float32Array.from(images.flatMap((own) => [...own])), [2, 3, side, side]);
    }
    // The second row is padding.
    inputs.weight = tf.tensor1d([1, 0]);
    const { loss, metrics } = restorationObjective(model)(inputs, false);
    const { restored, deviation } = reference(model, rows.slice(0, 1));
    let [mse, distance] = [0, 0];
    for (let i = 0; i < 3 * pixels; i++) {
      const value = smoothStretch(restored[i]);
      const squared = (value - smoothStretch(target[0][i])) ** 2;
      const fromTruth = (value - smoothStretch(truth[0][i])) ** 2;
      const variance = (deviation[i] / (0.3 * (clipHigh - clipLow) * Math.cosh(3 * value))) ** 2;
      mse += squared / (3 * pixels);
      // Of the square of a normal number the mean logarithm is -Euler's constant - log 2.
      const expected = Math.log(fromTruth + 1e-8) + 0.5772156649 + Math.LN2;
      distance += (Math.log(variance) - expected) ** 2 / (3 * pixels);
    }
    // float32 sums.
    expect(metrics!.mse.dataSync()[0] / mse).toBeCloseTo(1, 4);
    expect(loss.dataSync()[0] / (100 * mse + 0.001 * distance)).toBeCloseTo(1, 4);
    model.dispose();
  });

  it('is learnt: a handful of galaxies come out better than smoothed, with deviations of the size of the errors', async () => {
    const model = restorationUNet(network, new RandomStream('learn'));
    const images = [0, 1, 2, 3].map((i) =>
      sky({
        width: side,
        height: side,
        noise: 0,
        lights: [{ x: 5 + 2 * i, y: 8, height: 0.5 + i, sigma: 1.5 }],
      }),
    );
    const source = restorationSource({
      images,
      crop: side,
      range: { fwhm: [1.4, 1.6], noise: [0.05, 0.06], mode: 'independent' },
      variety: 0,
      random: new RandomStream('learn', 'rows'),
    });
    const [batch] = [
      ...(source.epoch({ epoch: 0, batchSize: 4, skip: 0 }) as Iterable<{
        inputs: Record<string, Float32Array>;
      }>),
    ];
    const weights = trainableWeights(model);
    const rate = 5e-3;
    const engine = await openEngine('cpu', { threads: 1 });
    const inputs = trainingInputs(side);
    const step = await engine.compile(
      trainingStep(restorationObjective(model), weights, adam({ learningRate: rate }).bind(weights)),
      {
        ...Object.fromEntries(
          Object.entries(inputs).map(([name, { shape }]) => [name, { shape: [4, ...shape] }]),
        ),
        weight: { shape: [4] },
        learningRate: { shape: [] },
      },
    );
    const losses: number[] = [];
    for (let i = 0; i < 150; i++) {
      const [{ loss }] = await step.run({
        ...batch.inputs,
        weight: new Float32Array(4).fill(1),
        learningRate: rate,
      });
      losses.push(loss.data[0]);
    }
    // What the variances cost cannot fall below 0.001 x pi^2 / 2, the spread of the logarithm of a normal number's square.
    expect(losses.at(-1)! - 0.005).toBeLessThan((losses[0] - 0.005) / 3);
    await engine.pull();
    await step.dispose();
    await engine.dispose();
    model.dispose();
  });

  it('takes sides that its resolutions divide', () => {
    // Patches of 2, halved once for each width but the first.
    expect(sidesMultiple({ widths: [8] })).toBe(2);
    expect(sidesMultiple({ widths: [8, 8, 8, 8] })).toBe(16);
  });

  it('refuses settings whose tiles or images it could not halve', () => {
    const refused = (settings: unknown) =>
      galaxiesConfig.safeParse(settings).error?.issues.map(({ message }) => message.split(' ')[0]);
    expect(refused({ network: { tile: 120 } })).toEqual(['network.tile']);
    expect(refused({ network: { widths: [8, 8], tile: 120 } })).toBeUndefined();
    expect(refused({ network: { widths: [8, 8, 8, 8, 8, 8], tile: 64 }, images: { size: 48 } })).toEqual([
      'images.size',
    ]);
  });
});

it('shows rows one after another', () => {
  const rows = [row(0), row(1)];
  const stacked = stackRows(rows);
  for (const name of Object.keys(rows[0])) {
    expect(stacked[name].subarray(0, rows[0][name].length)).toEqual(rows[0][name]);
    expect(stacked[name].subarray(rows[0][name].length)).toEqual(rows[1][name]);
  }
});
