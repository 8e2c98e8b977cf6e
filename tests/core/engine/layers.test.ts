// Every layer of tfjs-layers, compiled for the cpu device and held against the reference device: outputs, gradients by the
// weights and gradients by the inputs.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../core/engine/devices.ts';
import type { Results, Step } from '../../../core/engine/program.ts';
import '../../../core/engine/tfjs.ts';
import { RandomStream } from '../../../core/random.ts';
import { draw, normal } from './kernel-cases.ts';
import { build, drawWeights, type LayerCase, layerCases, outputsOf } from './layer-cases.ts';

/** Sums of some hundred float32 terms in another order, through at most five steps of a recurrence. */
const tolerance = 5e-5;

/** The layer's outputs and the gradients of their sum under random factors. */
function stepOf(layerCase: LayerCase): Step {
  const random = new RandomStream(5, layerCase.name);
  const { classes, gradient = true, training = false } = layerCase;
  const network = build(layerCase);
  drawWeights(network, random);
  const given = layerCase.inputs.map((shape) =>
    tf.variable(draw(random, [...shape], classes === undefined ? normal : (r) => r.integer(classes))),
  );
  const run = (): tf.Tensor[] => outputsOf(network.apply(given, { training }) as tf.Tensor | tf.Tensor[]);
  const factors = network.outputs.map(({ shape }) => draw(random, shape as number[]));
  const weights = network.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const variables = classes === undefined ? [...weights, ...given] : weights;
  return () => {
    const results: Record<string, tf.Tensor> = {};
    run().forEach((y, i) => {
      results[`output ${i}`] = y;
    });
    if (!gradient) return results;
    const { grads } = tf.variableGrads(
      () => tf.addN(run().map((y, i) => tf.sum(tf.mul(y, factors[i])))) as tf.Scalar,
      variables,
    );
    variables.forEach((variable, i) => {
      results[`gradient ${i} [${variable.shape}]`] = grads[variable.name];
    });
    return results;
  };
}

async function results(step: Step, device: string): Promise<Results> {
  const engine = await openEngine(device);
  const program = await engine.compile(step, {});
  const [answer] = await program.run({});
  await program.dispose();
  await engine.dispose();
  return answer;
}

describe('layers of tfjs-layers', () => {
  it.each(layerCases.map((layerCase) => [layerCase.name, layerCase] as const))(
    '%s',
    async (_name, layerCase) => {
      const step = stepOf(layerCase);
      const compiled = await results(step, 'cpu');
      const reference = await results(step, 'reference');
      expect(Object.keys(compiled)).toEqual(Object.keys(reference));
      for (const [key, { shape, data }] of Object.entries(reference)) {
        expect(compiled[key].shape, key).toEqual(shape);
        let worst = 0;
        data.forEach((value, i) => {
          worst = Math.max(worst, Math.abs(compiled[key].data[i] - value) / Math.max(1, Math.abs(value)));
        });
        expect(worst, key).toBeLessThan(tolerance);
      }
      tf.disposeVariables();
    },
  );
});
