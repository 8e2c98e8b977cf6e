// The GRU layer against its own formulas, step by step in double precision, and against the reference device.
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../core/engine/devices.ts';
import { gru } from '../../../core/models/gru.ts';
import { trainableWeights } from '../../../core/models/named-weights.ts';
import { RandomStream } from '../../../core/random.ts';
import { meanSquaredError } from '../../../core/training/losses.ts';
import { sgd } from '../../../core/training/optimizers/sgd.ts';
import { trainingStep } from '../../../core/training/training-step.ts';

const [rows, steps, inputs, units] = [3, 5, 4, 2];

const numbers = (label: string, count: number): number[] => {
  const random = new RandomStream(11, label);
  return Array.from({ length: count }, () => random.normal());
};

const weights = {
  kernel: numbers('kernel', inputs * 3 * units),
  recurrent: numbers('recurrent', units * 3 * units),
  bias: numbers('bias', 3 * units),
};
const x = numbers('x', rows * steps * inputs);

const logistic = (a: number): number => 1 / (1 + Math.exp(-a));

/** States [rows][steps][units] by the formulas of Choi et al. 2017. */
function byFormula(seen: (row: number, t: number) => boolean): number[][][] {
  return Array.from({ length: rows }, (_, row) => {
    let h = new Array(units).fill(0);
    return Array.from({ length: steps }, (_unused, t) => {
      const project = (gate: number, u: number): number => {
        let sum = weights.bias[gate * units + u];
        for (let i = 0; i < inputs; i++)
          sum += x[(row * steps + t) * inputs + i] * weights.kernel[i * 3 * units + gate * units + u];
        return sum;
      };
      const recur = (gate: number, u: number): number =>
        h.reduce((sum, state, k) => sum + state * weights.recurrent[k * 3 * units + gate * units + u], 0);
      const next = h.map((state, u) => {
        const z = logistic(project(0, u) + recur(0, u));
        const r = logistic(project(1, u) + recur(1, u));
        const g = Math.tanh(project(2, u) + r * recur(2, u));
        return z * state + (1 - z) * g;
      });
      if (seen(row, t)) h = next;
      return h;
    });
  });
}

function layerWith(returnSequences: boolean): layers.Layer {
  const layer = gru({ name: 'gru', units, returnSequences });
  layer.build([null as never, steps, inputs]);
  layer.setWeights([
    tf.tensor(weights.kernel, [inputs, 3 * units]),
    tf.tensor(weights.recurrent, [units, 3 * units]),
    tf.tensor(weights.bias, [3 * units]),
  ]);
  return layer;
}

// A handful of float32 operations on numbers of order 1.
const tolerance = 1e-6;

describe('gru', () => {
  it('follows its formulas', () => {
    const expected = byFormula(() => true);
    const given = tf.tensor(x, [rows, steps, inputs]);
    const all = (layerWith(true).apply(given) as tf.Tensor).arraySync() as number[][][];
    const last = (layerWith(false).apply(given) as tf.Tensor).arraySync() as number[][];
    expected.forEach((row, i) => {
      row.forEach((state, t) => {
        state.forEach((value, u) => {
          expect(Math.abs(all[i][t][u] - value)).toBeLessThan(tolerance);
        });
      });
      row[steps - 1].forEach((value, u) => {
        expect(Math.abs(last[i][u] - value)).toBeLessThan(tolerance);
      });
    });
  });

  it('takes inputs that are projected already, without weights for them', () => {
    const layer = gru({ name: 'gru', units, projected: true });
    layer.build([null as never, steps, 3 * units]);
    layer.setWeights([
      tf.tensor(weights.recurrent, [units, 3 * units]),
      tf.tensor(weights.bias, [3 * units]),
    ]);
    const flat = tf.matMul(
      tf.tensor(x, [rows * steps, inputs]),
      tf.tensor(weights.kernel, [inputs, 3 * units]),
    );
    const last = (
      layer.apply(tf.reshape(flat, [rows, steps, 3 * units])) as tf.Tensor
    ).arraySync() as number[][];
    byFormula(() => true).forEach((row, i) => {
      row[steps - 1].forEach((value, u) => {
        expect(Math.abs(last[i][u] - value)).toBeLessThan(tolerance);
      });
    });
    expect(() => gru({ units, projected: true }).build([null as never, steps, 4])).toThrow(
      'expected 6 projected inputs, got 4',
    );
  });

  it('keeps its state where a mask is false', () => {
    // Row 1 has three steps, row 2 has a hole.
    const seen = (row: number, t: number): boolean => !(row === 1 && t >= 3) && !(row === 2 && t === 1);
    const mask = tf.tensor(
      Array.from({ length: rows * steps }, (_, i) => seen(Math.floor(i / steps), i % steps)),
      [rows, steps],
      'bool',
    );
    const given = tf.tensor(x, [rows, steps, inputs]);
    const states = (layerWith(true).apply(given, { mask } as never) as tf.Tensor).arraySync() as number[][][];
    byFormula(seen).forEach((row, i) => {
      row.forEach((state, t) => {
        state.forEach((value, u) => {
          expect(Math.abs(states[i][t][u] - value)).toBeLessThan(tolerance);
        });
      });
    });
  });

  it('trains on the engine as on the reference device, behind an embedding that masks', async () => {
    const train = async (device: string) => {
      const embedding = layers.embedding({
        name: 'codes',
        inputDim: 7,
        outputDim: inputs,
        maskZero: true,
        inputLength: steps,
      });
      const model = sequential({
        layers: [embedding, layerWith(false), layers.dense({ name: 'output', units: 1 })],
      });
      model.setWeights(model.getWeights().map((w, i) => tf.tensor(numbers(`weight ${i}`, w.size), w.shape)));
      const trained = trainableWeights(model);
      const bound = sgd({ learningRate: 0.1 }).bind(trained);
      const step = trainingStep(
        ({ codes, y, weight }) => ({
          loss: meanSquaredError(y, model.apply(codes, { training: true }) as tf.Tensor, weight),
        }),
        trained,
        bound,
      );
      const engine = await openEngine(device);
      const program = await engine.compile(step, {
        codes: { shape: [rows, steps], dtype: 'int32' },
        y: { shape: [rows, 1] },
        weight: { shape: [rows] },
        learningRate: { shape: [] },
      });
      const feeds = {
        codes: Int32Array.of(1, 2, 3, 4, 5, 6, 5, 4, 0, 0, 3, 3, 1, 0, 0),
        y: Float32Array.of(1, -1, 0.5),
        weight: new Float32Array(rows).fill(1),
        learningRate: 0.1,
      };
      const losses: number[] = [];
      for (let i = 0; i < 10; i++) losses.push((await program.run(feeds))[0].loss.data[0]);
      return losses;
    };
    const losses = await train('cpu');
    const reference = await train('reference');
    expect(losses[9]).toBeLessThan(losses[0]);
    losses.forEach((loss, i) => {
      // Ten steps of float32 gradients whose sums are rounded in another order.
      expect(Math.abs(loss - reference[i])).toBeLessThan(1e-5);
    });
  });

  it('is saved and read back with its settings', () => {
    expect(layerWith(true).getConfig()).toMatchObject({ name: 'gru', units, returnSequences: true });
  });

  it.each([0, 1.5, Number.NaN])('refuses %s units', (wrong) => {
    expect(() => gru({ units: wrong })).toThrow('gru: expected a whole number of units >= 1');
  });
});
